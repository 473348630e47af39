"""Measures a built huikuan: arguments are the program, a folder to work in, milestones, percent open."""

import csv
import datetime
import json
import os
import platform
import shutil
import sqlite3
import sys

import screen
from timing import run, times

TODAY = datetime.date(2026, 11, 21)
# Rows of the plan lists that are imported.
ROWS = [10_000, 100_000]
VIEWS = [str(n) for n in range(1, 7)]


def aging_sql(day):
    """The aging table by customer, as somebody with the sqlite3 shell would ask for it."""
    late = f"CAST(julianday('{day}') - julianday(due) AS INTEGER)"
    edges = [(1, 30), (31, 60), (61, 90), (91, 180), (181, 365), (366, 10**9)]
    buckets = ", ".join(
        f"SUM(CASE WHEN firm AND {late} BETWEEN {a} AND {b} THEN balance ELSE 0 END)"
        for a, b in edges
    )
    not_late = f"NOT (firm AND {late} > 0)"
    return (
        "SELECT c.code, c.name, s.* FROM (SELECT customer, currency, COUNT(*) AS items, "
        f"SUM(CASE WHEN {not_late} AND stage <> 'retention' THEN balance ELSE 0 END), {buckets}, "
        f"SUM(CASE WHEN {not_late} AND stage = 'retention' THEN balance ELSE 0 END), "
        "SUM(balance) AS total FROM flat WHERE receivable = 1 GROUP BY customer, currency) s "
        "JOIN customer c ON c.id = s.customer ORDER BY c.code"
    )


def flat_copy(ledger, listed, folder):
    """A copy of the ledger with what `list --json` says in one flat table, under the index that answers the query
    alone. What is firm or receivable today is worked out already, so the shell has less to do than huikuan."""
    copy = os.path.join(folder, "flat.db")
    shutil.copy(ledger, copy)
    db = sqlite3.connect(copy)
    customers = dict(db.execute("SELECT code, id FROM customer"))
    db.execute("CREATE TABLE flat (customer INTEGER, currency TEXT, stage TEXT, due TEXT, "
               "firm INTEGER, receivable INTEGER, balance INTEGER)")
    db.executemany("INSERT INTO flat VALUES (?, ?, ?, ?, ?, ?, ?)", (
        (customers[item["customer"]], item["currency"], item["stage"], item["due"], item["firm"],
         item["bucket"] is not None, int(item["balance"].replace(".", "")))
        for item in json.loads(listed)
    ))
    db.commit()
    db.executescript("CREATE INDEX best ON flat (receivable, customer, currency, stage, firm, due, "
                     "balance); ANALYZE;")
    db.close()
    return copy


def check_totals(ours, theirs):
    """Whether both tables say the same, to the cent."""
    sums = {}
    for row in json.loads(theirs):
        sums[row["currency"]] = sums.get(row["currency"], 0) + row["total"]
    for total in json.loads(ours)["totals"]:
        digits = total["total"].replace(".", "")
        if int(digits) != sums.pop(total["currency"], 0):
            return f"differs in {total['currency']}"
    return "equal" if not any(sums.values()) else f"lacks {sorted(sums)}"


def plan_list(path, rows):
    """A plan list as a project office keeps it: five rows a project, half of them paid."""
    day = lambda n: (TODAY - datetime.timedelta(days=n)).isoformat()
    with open(path, "w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(
            "key customer customer_name project project_name manager signed_on milestone stage "
            "amount currency due invoice_no invoiced_on paid_on".split()
        )
        for n in range(rows):
            table.writerow([
                f"K{n:07}", f"C{n // 50:05}", f"客户{n // 50:05}有限公司", f"P{n // 5:06}",
                "数据中台", "王敏", day(700), "进度款", "progress", f"{123456 + n}.50", "CNY",
                day(n % 600), f"{n:020}", day(n % 600 + 20), day(n % 600) if n % 2 else "",
            ])


def commands(say, program, ledger, folder):
    ask = [program, "--db", ledger, "--lang", "en", "--today", TODAY.isoformat()]
    back = (TODAY - datetime.timedelta(days=365)).isoformat()
    aging = ask + ["aging", "--by", "customer", "--json"]
    for name, args in [
        ("`today`", ask + ["today"]),
        ("`list`, all open", ask + ["list"]),
        ("`aging --by customer --json`", aging),
        ("`aging --as-of`, one year back", aging + ["--as-of", back]),
    ]:
        say(name, times(args, 5))
    for rows in ROWS:
        plan = os.path.join(folder, f"plan-{rows}.csv")
        plan_list(plan, rows)
        fresh = os.path.join(folder, f"import-{rows}.db")
        done = run([program, "--db", fresh, "--lang", "en", "--today", TODAY.isoformat(),
                    "import", "plan", plan])
        size = os.path.getsize(plan) / 1e6
        say(f"`import plan`, {rows:,} rows ({size:.1f} MB), into a new ledger", str(done))


def against_shell(say, program, ledger, folder):
    ask = [program, "--db", ledger, "--lang", "en", "--today", TODAY.isoformat()]
    aging = ask + ["aging", "--by", "customer", "--json"]
    flat = flat_copy(ledger, run(ask + ["list", "--json"]).out, folder)
    query = ["sqlite3", "-readonly", "-json", flat, aging_sql(TODAY)]
    say("the same aging in the `sqlite3` shell, flat table, covering index", times(query, 5))
    say("both tables' totals", check_totals(run(aging).out, run(query).out))
    os.remove(flat)


def screens(say, program, ledger):
    ask = [program, "--lang", "en", "--today", TODAY.isoformat()]
    for name, args in [("small demo", ask + ["demo"]), ("large ledger", ask + ["--db", ledger])]:
        say(f"{name}: from exec to the first useful frame", screen.starts(args, 5))
        with screen.Screen(args) as shown:
            if not shown.useful:
                say(f"{name}: screen", "no frame came")
                continue
            shown.rest()
            for keys, label in [
                (["j"] * 100 + ["k"] * 100, "j and k"),
                (["3"] + ["\x1b[6~"] * 50 + ["\x1b[5~"] * 50, "PgDn and PgUp (Milestones)"),
                (["o"] * 20, "sort"),
                (["f", "overdue\r", "f", "\x15\r"] * 5, "filter"),
                (VIEWS * 5, "view switch"),
            ]:
                say(f"{name}: key to frame, {label}", shown.press(keys))
            shown.frame("6")
            say(f"{name}: key to frame, Aging's grouping, each for the first time",
                shown.press(["g"] * 6))
            shown.frame("1")
            # A call is logged on one milestone after the other.
            say(f"{name}: Enter in a form to the frame that says it is saved",
                shown.press(["\r"] * 20, before=["j", "c"]))
            # What was said of it would go away by itself, and count as not idle.
            shown.frame("j")
            say(f"{name}: idle for 10 s", shown.idle(10))
            say(f"{name}: peak memory", shown.peak_memory())


def main():
    program, folder, milestones, percent = sys.argv[1:5]
    print(f"{platform.machine()}, {os.cpu_count()} CPUs, {platform.system()} {platform.release()}; "
          f"{int(milestones):,} milestones, {percent} % open\n")
    print("| what | measured |\n| --- | --- |")

    def say(what, measured):
        print(f"| {what} | {measured} |", flush=True)

    ledger = os.path.join(folder, "large.db")
    filled = run([program, "--today", TODAY.isoformat(), "demo", "--size", milestones,
                  "--open", percent, "--write", ledger])
    say("`demo --size --write`", f"{filled}, file {os.path.getsize(ledger) / 1e6:,.0f} MB")
    commands(say, os.path.abspath(program), ledger, folder)
    screens(say, os.path.abspath(program), ledger)
    # Last, since it makes this process large: a child is forked from it, and its peak and start count as the child's.
    against_shell(say, os.path.abspath(program), ledger, folder)


main()
