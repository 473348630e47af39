// Stands between a program and the calls that write its files (LD_PRELOAD): writes them down, or has one of them fail,
// or end the program. Told by the environment:
//   FAULTS_UNDER  the folder whose files count
//   FAULTS_AT     the number of the call at which it happens, from 1
//   FAULTS_OF     the calls that are counted: any of w(rite), s(ync), n(ame)
//   FAULTS_DO     kill, EIO or ENOSPC; with a + behind it at every call from there on
//   FAULTS_HIT    a file that is made when it happened
//   FAULTS_LOG    a file for what was written, with FAULTS_NAME whenever the program answers
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long seen;

#define REAL(result, name, ...)                                                \
    static result (*real)(__VA_ARGS__);                                        \
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, name)

static const char *set(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static int is_under(const char *path) {
    const char *under = set("FAULTS_UNDER");
    return *under && strncmp(path, under, strlen(under)) == 0;
}

// The path of an open file, if it counts.
static int watched(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_under(path);
}

static ssize_t real_write(int fd, const void *bytes, size_t length) {
    REAL(ssize_t, "write", int, const void *, size_t);
    return real(fd, bytes, length);
}

static ssize_t real_pwrite(int fd, const void *bytes, size_t length, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    return real(fd, bytes, length, at);
}

// Whether this call is the one; where the program is to end, half of what it writes is written.
static int strikes(char kind, int fd, const void *bytes, size_t length, off64_t at) {
    long when = atol(set("FAULTS_AT"));
    const char *what = set("FAULTS_DO");
    if (!when || !strchr(set("FAULTS_OF"), kind)) return 0;
    long number = __atomic_add_fetch(&seen, 1, __ATOMIC_SEQ_CST);
    int stays = strchr(what, '+') != NULL;
    if (stays ? number < when : number != when) return 0;
    int hit = open(set("FAULTS_HIT"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (hit >= 0) close(hit);
    if (strncmp(what, "kill", 4) == 0) {
        if (bytes && at >= 0) real_pwrite(fd, bytes, length / 2, at);
        else if (bytes) real_write(fd, bytes, length / 2);
        kill(getpid(), SIGKILL);
    }
    errno = strncmp(what, "ENOSPC", 6) == 0 ? ENOSPC : EIO;
    return 1;
}

static void log_it(const char *what, long long at, const void *bytes, size_t length, const char *path) {
    const char *file = set("FAULTS_LOG");
    if (!*file) return;
    int kept = errno;
    pthread_mutex_lock(&lock);
    int fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    char head[PATH_MAX + 64];
    int size = snprintf(head, sizeof head, "%s %lld %zu %s\n", what, at, bytes ? length : 0, path);
    struct iovec parts[] = {{head, size}, {(void *)bytes, bytes ? length : 0}};
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    if (fd < 0 || real(fd, parts, 2) < size) abort();
    close(fd);
    pthread_mutex_unlock(&lock);
    errno = kept;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    char path[PATH_MAX];
    if (fd == 1) log_it("said", 0, NULL, 0, set("FAULTS_NAME"));
    if (!watched(fd, path)) return real_write(fd, bytes, length);
    if (strikes('w', fd, bytes, length, -1)) return -1;
    off64_t at = lseek64(fd, 0, SEEK_CUR);
    ssize_t done = real_write(fd, bytes, length);
    if (done > 0) log_it("write", at, bytes, done, path);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
    char path[PATH_MAX];
    if (!watched(fd, path)) return real_pwrite(fd, bytes, length, at);
    if (strikes('w', fd, bytes, length, at)) return -1;
    ssize_t done = real_pwrite(fd, bytes, length, at);
    if (done > 0) log_it("write", at, bytes, done, path);
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
    return pwrite64(fd, bytes, length, at);
}

int ftruncate64(int fd, off64_t length) {
    char path[PATH_MAX];
    REAL(int, "ftruncate64", int, off64_t);
    if (!watched(fd, path)) return real(fd, length);
    if (strikes('w', fd, NULL, 0, 0)) return -1;
    int done = real(fd, length);
    if (done == 0) log_it("length", length, NULL, 0, path);
    return done;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t length, unsigned flags) {
    char path[PATH_MAX];
    REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
    if (watched(to, path) && strikes('w', to, NULL, 0, 0)) return -1;
    return real(from, from_at, to, to_at, length, flags);
}

int fsync(int fd) {
    char path[PATH_MAX];
    REAL(int, "fsync", int);
    if (!watched(fd, path)) return real(fd);
    if (strikes('s', fd, NULL, 0, 0)) return -1;
    // A test needs no disk: what was written is in the log, and survives the end of a process.
    log_it("sync", 0, NULL, 0, path);
    return 0;
}

int fdatasync(int fd) { return fsync(fd); }

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    if (is_under(path) && strikes('n', -1, NULL, 0, 0)) return -1;
    int done = real(path);
    if (done == 0 && is_under(path)) log_it("gone", 0, NULL, 0, path);
    return done;
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    if (is_under(to) && strikes('n', -1, NULL, 0, 0)) return -1;
    return real(from, to);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    REAL(int, "linkat", int, const char *, int, const char *, int);
    if (is_under(to) && strikes('n', -1, NULL, 0, 0)) return -1;
    return real(from_folder, from, to_folder, to, flags);
}

int link(const char *from, const char *to) {
    return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}
