//! A configuration file of any text is read or refused, and setting a value in it leaves one that has this value.
#![no_main]

use std::path::Path;

use huikuan::domain::policy::Personal;
use huikuan::fuzzing::edited;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    let file: &Path = file.path();
    for (setting, value) in
        [(Personal::Lang, "zh"), (Personal::User, text), (Personal::Backups, "7")]
    {
        let Ok(changed) = edited(file, setting, Some(value)) else {
            continue;
        };
        std::fs::write(file, &changed).unwrap();
        assert_eq!(edited(file, setting, Some(value)).ok().as_ref(), Some(&changed));
        // Taken out, it is a file that is read, too.
        edited(file, setting, None).unwrap();
        std::fs::write(file, text).unwrap();
    }
});
