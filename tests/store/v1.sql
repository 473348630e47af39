PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE refinery_schema_history(
             version int4 PRIMARY KEY,
             name VARCHAR(255),
             applied_on VARCHAR(255),
             checksum VARCHAR(255));
INSERT INTO refinery_schema_history VALUES(1,'ledger','2026-11-24T18:45:07.275191115Z','8556749444623322521');
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL DEFAULT 'pm',
    team TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO person VALUES(1,'王敏','pm','');
CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL DEFAULT '',
    invoice_title TEXT NOT NULL DEFAULT '',
    tax_no TEXT NOT NULL DEFAULT '',
    bank TEXT NOT NULL DEFAULT '',
    bank_account TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    grade TEXT,
    credit_limit INTEGER,
    terms_days INTEGER,
    notes TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO customer VALUES(1,'C1','星河科技','','','','','','','','B',NULL,NULL,'');
INSERT INTO customer VALUES(2,'C2','Harbor Works','','','','','','','',NULL,NULL,NULL,'');
CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customer (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    wechat TEXT NOT NULL DEFAULT '',
    channel TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO contact VALUES(1,1,'李雷','','13800000001','','',NULL,0);
CREATE TABLE project (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    customer INTEGER NOT NULL REFERENCES customer (id),
    name TEXT NOT NULL,
    manager INTEGER REFERENCES person (id),
    contract_no TEXT NOT NULL DEFAULT '',
    contract_amount INTEGER,
    currency TEXT NOT NULL,
    signed_on TEXT,
    starts_on TEXT,
    ends_on TEXT,
    warranty_ends_on TEXT,
    progress_percent INTEGER,
    grace_days INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'active'
) STRICT;
INSERT INTO project VALUES(1,'P1',1,'数据中台',1,'',100000000,'CNY','2026-03-01',NULL,NULL,'2027-06-30',NULL,5,'active');
INSERT INTO project VALUES(2,'P2',2,'Crane',NULL,'',NULL,'USD','2026-05-01',NULL,NULL,NULL,NULL,0,'active');
CREATE TABLE milestone (
    id INTEGER PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES project (id),
    seq INTEGER NOT NULL,
    key TEXT UNIQUE,
    name TEXT NOT NULL,
    stage TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    condition TEXT NOT NULL DEFAULT '',
    rule TEXT NOT NULL DEFAULT '',
    agreed_on TEXT,
    planned_on TEXT,
    delivered_on TEXT,
    accepted_on TEXT,
    method TEXT,
    note TEXT NOT NULL DEFAULT '',
    closed_on TEXT,
    UNIQUE (project, seq)
) STRICT;
INSERT INTO milestone VALUES(1,1,1,'M1','预付款','advance',30000000,'','signing + 10d','2026-03-01',NULL,NULL,NULL,NULL,'','2026-03-20');
INSERT INTO milestone VALUES(2,1,2,'M2','验收款','acceptance',50000000,'','acceptance + 30d','2026-03-01','2026-09-01','2026-08-20','2026-08-25',NULL,'',NULL);
INSERT INTO milestone VALUES(3,1,3,'M3','质保金','retention',20000000,'','acceptance(M2) + 1y','2026-03-01',NULL,NULL,NULL,NULL,'',NULL);
INSERT INTO milestone VALUES(4,2,1,'M4','Delivery','delivery',2500050,'','2026-08-31','2026-05-01',NULL,NULL,NULL,NULL,'',NULL);
INSERT INTO milestone VALUES(5,2,2,'M5','Final','final',900000,'','warranty_end','2026-05-01','2026-12-20',NULL,NULL,NULL,'',NULL);
CREATE TABLE invoice (
    id INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customer (id),
    number TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT 'special',
    issued_on TEXT NOT NULL,
    sent_on TEXT,
    received_on TEXT
) STRICT;
INSERT INTO invoice VALUES(1,1,'001','special','2026-03-05','2026-03-05',NULL);
INSERT INTO invoice VALUES(2,1,'002','special','2026-08-26',NULL,NULL);
INSERT INTO invoice VALUES(3,2,'003','special','2026-08-01','2026-08-01',NULL);
CREATE TABLE invoice_line (
    id INTEGER PRIMARY KEY,
    invoice INTEGER NOT NULL REFERENCES invoice (id),
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    amount INTEGER NOT NULL
) STRICT;
INSERT INTO invoice_line VALUES(1,1,1,30000000);
INSERT INTO invoice_line VALUES(2,2,2,50000000);
INSERT INTO invoice_line VALUES(3,3,4,2500050);
CREATE TABLE payment (
    id INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customer (id),
    received_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    method TEXT NOT NULL DEFAULT 'transfer',
    payer TEXT NOT NULL DEFAULT '',
    bank_ref TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    unapplied INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO payment VALUES(1,1,'2026-03-20',32000000,'CNY','transfer','','','',0);
INSERT INTO payment VALUES(2,2,'2026-09-10',500000,'USD','transfer','','','',100000);
CREATE TABLE reversal (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES payment (id),
    reversed_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO reversal VALUES(1,1,'2026-04-01',1000000,'');
CREATE TABLE allocation (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES payment (id),
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    amount INTEGER NOT NULL,
    effective_on TEXT NOT NULL,
    reverses INTEGER REFERENCES allocation (id),
    reversal INTEGER REFERENCES reversal (id),
    CHECK ((reverses IS NULL) = (amount > 0))
) STRICT;
INSERT INTO allocation VALUES(1,1,1,30000000,'2026-03-20',NULL,NULL);
INSERT INTO allocation VALUES(2,1,2,2000000,'2026-03-20',NULL,NULL);
INSERT INTO allocation VALUES(3,1,2,-1000000,'2026-04-01',2,1);
INSERT INTO allocation VALUES(4,2,4,400000,'2026-09-10',NULL,NULL);
CREATE TABLE touch (
    id INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customer (id),
    contact INTEGER REFERENCES contact (id),
    who TEXT NOT NULL DEFAULT '',
    touched_on TEXT NOT NULL,
    channel TEXT,
    kind TEXT NOT NULL,
    step INTEGER,
    outcome TEXT,
    cause TEXT,
    note TEXT NOT NULL DEFAULT '',
    next_on TEXT
) STRICT;
INSERT INTO touch VALUES(1,1,1,'wang','2026-10-05','phone','dunning',2,'promised',NULL,'',NULL);
INSERT INTO touch VALUES(2,1,NULL,'wang','2026-10-06',NULL,'courtesy',NULL,'promised',NULL,'',NULL);
CREATE TABLE touch_milestone (
    id INTEGER PRIMARY KEY,
    touch INTEGER NOT NULL REFERENCES touch (id),
    milestone INTEGER NOT NULL REFERENCES milestone (id)
) STRICT;
INSERT INTO touch_milestone VALUES(1,1,2);
INSERT INTO touch_milestone VALUES(2,2,2);
CREATE TABLE promise (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    touch INTEGER NOT NULL REFERENCES touch (id),
    made_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    pay_by TEXT NOT NULL
) STRICT;
INSERT INTO promise VALUES(1,2,2,'2026-10-06',20000000,'2026-10-20');
CREATE TABLE dispute (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    opened_on TEXT NOT NULL,
    amount INTEGER CHECK (amount > 0),
    reason TEXT NOT NULL DEFAULT '',
    owner TEXT NOT NULL DEFAULT '',
    resolved_on TEXT,
    resolution TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO dispute VALUES(1,4,'2026-09-15',100000,'short delivery','wang',NULL,'');
CREATE TABLE reschedule (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    agreed_on TEXT NOT NULL,
    from_due TEXT,
    to_due TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO reschedule VALUES(1,2,'2026-10-08','2026-09-24','2026-10-31','agreed');
CREATE TABLE hold (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    since TEXT NOT NULL,
    until TEXT,
    reason TEXT NOT NULL DEFAULT '',
    released_on TEXT
) STRICT;
INSERT INTO hold VALUES(1,5,'2026-11-01','2026-12-01','redesign',NULL);
CREATE TABLE write_off (
    id INTEGER PRIMARY KEY,
    milestone INTEGER NOT NULL REFERENCES milestone (id),
    written_off_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO write_off VALUES(1,4,'2026-11-01',50,'rounding');
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    as_of TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    iso_week TEXT NOT NULL,
    rows TEXT NOT NULL,
    items BLOB NOT NULL
) STRICT;
INSERT INTO snapshot VALUES(1,'2026-11-21','2026-11-24T18:45:08.528Z','2026-W47',replace('{"as_of":"2026-11-21","age_by":"due","by":"customer","buckets":["not due","1-30","31-60","61-90","91-180","181-365","366+"],"rows":[{"key":"C1","name":"星河科技","currency":"CNY","items":2,"amounts":["0.00","490000.00","0.00","0.00","0.00","0.00","0.00"],"retention_not_due":"200000.00","total":"690000.00","unapplied":"0.00","planned":"0.00"},{"key":"C2","name":"Harbor Works","currency":"USD","items":1,"amounts":["0.00","0.00","0.00","21000.00","0.00","0.00","0.00"],"retention_not_due":"0.00","total":"21000.00","unapplied":"1000.00","planned":"9000.00"}],"totals":[{"currency":"CNY","items":2,"amounts":["0.00","490000.00","0.00","0.00","0.00","0.00","0.00"],"retention_not_due":"200000.00","total":"690000.00","unapplied":"0.00","planned":"0.00"},{"currency":"USD","items":1,"amounts":["0.00","0.00","0.00","21000.00","0.00","0.00","0.00"],"retention_not_due":"0.00","total":"21000.00","unapplied":"1000.00","planned":"9000.00"}]}\n','\n',char(10)),X'789c55cfbdaac3300c05e057299a65b095feceeddce572874b0821b5d536e04a21710a7dfb4b9d145269d170f8382a4b4297171aefb94b8d780684e3f90f10c8d2d6386b0a07b83ed83c08ce141610f4c97d18dfe171a80796001596c547eb39b1a4566589ed8cdd1bda00d264d9456e259a56b3d7797db4720304d18b86d75b5e2321a18c3122048eed93fb1720fcfe9c3e45ed3e172537d35b670edf45fd38247d705f774d36370bf3da4a13bf4147862ce0f4f81c53a9ef1ac3f475beaaea1f93ed5963');
CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT,
    detail TEXT NOT NULL,
    touched TEXT,
    undoes INTEGER UNIQUE REFERENCES event (id)
) STRICT;
INSERT INTO event VALUES(1,'2026-11-24T18:45:07.299Z','wang','add_customer',NULL,'{"add_customer":{"code":"C1","name":"星河科技","short_name":"","invoice_title":"","tax_no":"","bank":"","bank_account":"","address":"","phone":"","grade":"B","credit_limit":null,"terms_days":null,"notes":"","contacts":[{"id":null,"name":"李雷","role":"","phone":"13800000001","email":"","wechat":"","channel":null}]}}','[]',NULL);
INSERT INTO event VALUES(2,'2026-11-24T18:45:07.344Z','wang','add_customer',NULL,'{"add_customer":{"code":"C2","name":"Harbor Works","short_name":"","invoice_title":"","tax_no":"","bank":"","bank_account":"","address":"","phone":"","grade":null,"credit_limit":null,"terms_days":null,"notes":"","contacts":[]}}','[]',NULL);
INSERT INTO event VALUES(3,'2026-11-24T18:45:07.405Z','wang','add_project','2026-03-01','{"add_project":{"code":"P1","name":"数据中台","customer":1,"manager":"王敏","contract_no":"","contract_amount":100000000,"currency":"CNY","signed_on":"2026-03-01","starts_on":null,"ends_on":null,"warranty_ends_on":"2027-06-30","progress_percent":null,"grace_days":5,"state":"active"}}','[]',NULL);
INSERT INTO event VALUES(4,'2026-11-24T18:45:07.463Z','wang','add_project','2026-05-01','{"add_project":{"code":"P2","name":"Crane","customer":2,"manager":"","contract_no":"","contract_amount":null,"currency":"USD","signed_on":"2026-05-01","starts_on":null,"ends_on":null,"warranty_ends_on":null,"progress_percent":null,"grace_days":0,"state":"active"}}','[]',NULL);
INSERT INTO event VALUES(5,'2026-11-24T18:45:07.524Z','wang','add_milestone','2026-03-01','{"add_milestone":{"project":1,"key":"M1","name":"预付款","stage":"advance","amount":30000000,"condition":"","rule":"signing + 10d","agreed_on":"2026-03-01","planned_on":null,"delivered_on":null,"accepted_on":null,"method":null,"note":""}}','[1]',NULL);
INSERT INTO event VALUES(6,'2026-11-24T18:45:07.575Z','wang','add_milestone','2026-03-01','{"add_milestone":{"project":1,"key":"M2","name":"验收款","stage":"acceptance","amount":50000000,"condition":"","rule":"acceptance + 30d","agreed_on":"2026-03-01","planned_on":"2026-09-01","delivered_on":null,"accepted_on":null,"method":null,"note":""}}','[2]',NULL);
INSERT INTO event VALUES(7,'2026-11-24T18:45:07.627Z','wang','add_milestone','2026-03-01','{"add_milestone":{"project":1,"key":"M3","name":"质保金","stage":"retention","amount":20000000,"condition":"","rule":"acceptance(M2) + 1y","agreed_on":"2026-03-01","planned_on":null,"delivered_on":null,"accepted_on":null,"method":null,"note":""}}','[2,3]',NULL);
INSERT INTO event VALUES(8,'2026-11-24T18:45:07.676Z','wang','add_milestone','2026-05-01','{"add_milestone":{"project":2,"key":"M4","name":"Delivery","stage":"delivery","amount":2500050,"condition":"","rule":"2026-08-31","agreed_on":"2026-05-01","planned_on":null,"delivered_on":null,"accepted_on":null,"method":null,"note":""}}','[4]',NULL);
INSERT INTO event VALUES(9,'2026-11-24T18:45:07.744Z','wang','add_milestone','2026-05-01','{"add_milestone":{"project":2,"key":"M5","name":"Final","stage":"final","amount":900000,"condition":"","rule":"warranty_end","agreed_on":"2026-05-01","planned_on":"2026-12-20","delivered_on":null,"accepted_on":null,"method":null,"note":""}}','[5]',NULL);
INSERT INTO event VALUES(10,'2026-11-24T18:45:07.791Z','wang','deliver','2026-08-20','{"deliver":{"milestones":[2],"on":"2026-08-20"}}','[2,3]',NULL);
INSERT INTO event VALUES(11,'2026-11-24T18:45:07.832Z','wang','accept','2026-08-25','{"accept":{"milestones":[2],"on":"2026-08-25"}}','[2,3]',NULL);
INSERT INTO event VALUES(12,'2026-11-24T18:45:07.876Z','wang','invoice','2026-03-05','{"invoice":{"number":"001","kind":"special","issued_on":"2026-03-05","sent_on":"2026-03-05","received_on":null,"lines":[[1,null]]}}','[1]',NULL);
INSERT INTO event VALUES(13,'2026-11-24T18:45:07.922Z','wang','invoice','2026-08-26','{"invoice":{"number":"002","kind":"special","issued_on":"2026-08-26","sent_on":null,"received_on":null,"lines":[[2,null]]}}','[2]',NULL);
INSERT INTO event VALUES(14,'2026-11-24T18:45:07.980Z','wang','invoice','2026-08-01','{"invoice":{"number":"003","kind":"special","issued_on":"2026-08-01","sent_on":"2026-08-01","received_on":null,"lines":[[4,null]]}}','[4]',NULL);
INSERT INTO event VALUES(15,'2026-11-24T18:45:08.012Z','wang','pay','2026-03-20','{"record_payment":{"customer":1,"received_on":"2026-03-20","amount":32000000,"currency":"CNY","method":"transfer","payer":"","bank_ref":"","note":"","target":"oldest_first"}}','[1,2]',NULL);
INSERT INTO event VALUES(16,'2026-11-24T18:45:08.063Z','wang','reverse','2026-04-01','{"reverse_payment":{"payment":1,"amount":1000000,"on":"2026-04-01","reason":""}}','[2]',NULL);
INSERT INTO event VALUES(17,'2026-11-24T18:45:08.113Z','wang','pay','2026-09-10','{"record_payment":{"customer":2,"received_on":"2026-09-10","amount":500000,"currency":"USD","method":"transfer","payer":"","bank_ref":"","note":"","target":{"lines":[[4,400000]]}}}','[4]',NULL);
INSERT INTO event VALUES(18,'2026-11-24T18:45:08.157Z','wang','contact','2026-10-05','{"log_contact":{"milestones":[2],"on":"2026-10-05","contact":1,"channel":"phone","kind":"dunning","step":2,"outcome":"promised","cause":null,"note":"","next_on":null,"promises":[]}}','[2]',NULL);
INSERT INTO event VALUES(19,'2026-11-24T18:45:08.213Z','wang','promise','2026-10-06','{"promise":{"promises":[{"milestone":2,"amount":20000000,"pay_by":"2026-10-20"}],"on":"2026-10-06","note":""}}','[2]',NULL);
INSERT INTO event VALUES(20,'2026-11-24T18:45:08.268Z','wang','dispute','2026-09-15','{"open_dispute":{"milestone":4,"amount":100000,"on":"2026-09-15","reason":"short delivery","owner":"wang"}}','[4]',NULL);
INSERT INTO event VALUES(21,'2026-11-24T18:45:08.312Z','wang','reschedule','2026-10-08','{"reschedule":{"milestones":[2],"to":"2026-10-31","on":"2026-10-08","reason":"agreed"}}','[2]',NULL);
INSERT INTO event VALUES(22,'2026-11-24T18:45:08.360Z','wang','hold',NULL,'{"hold":{"milestones":[5],"since":"2026-11-01","until":"2026-12-01","reason":"redesign"}}','[5]',NULL);
INSERT INTO event VALUES(23,'2026-11-24T18:45:08.398Z','wang','write_off','2026-11-01','{"write_off":{"milestone":4,"amount":50,"on":"2026-11-01","reason":"rounding"}}','[4]',NULL);
INSERT INTO event VALUES(24,'2026-11-24T18:45:08.428Z','wang','add_milestone','2026-05-01','{"add_milestone":{"project":2,"key":"M6","name":"Extra","stage":"other","amount":10000,"condition":"","rule":"2026-11-30","agreed_on":"2026-05-01","planned_on":null,"delivered_on":null,"accepted_on":null,"method":null,"note":""}}','[6]',NULL);
INSERT INTO event VALUES(25,'2026-11-24T18:45:08.472Z','wang','undo','2026-05-01','{"undo":{"event":24,"kind":"add_milestone"}}','[6]',24);
INSERT INTO event VALUES(26,'2026-11-24T18:45:08.528Z','wang','snapshot',NULL,'{"take_snapshot":{"as_of":"2026-11-21","iso_week":"2026-W47"}}','[]',NULL);
CREATE TABLE event_row (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event (id),
    tbl TEXT NOT NULL,
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
INSERT INTO event_row VALUES(1,1,'customer',1,1,NULL,NULL);
INSERT INTO event_row VALUES(2,1,'contact',1,1,NULL,NULL);
INSERT INTO event_row VALUES(3,2,'customer',2,2,NULL,NULL);
INSERT INTO event_row VALUES(4,3,'person',1,1,NULL,NULL);
INSERT INTO event_row VALUES(5,3,'project',1,1,NULL,NULL);
INSERT INTO event_row VALUES(6,4,'project',2,2,NULL,NULL);
INSERT INTO event_row VALUES(7,5,'milestone',1,1,NULL,NULL);
INSERT INTO event_row VALUES(8,6,'milestone',2,2,NULL,NULL);
INSERT INTO event_row VALUES(9,7,'milestone',3,3,NULL,NULL);
INSERT INTO event_row VALUES(10,8,'milestone',4,4,NULL,NULL);
INSERT INTO event_row VALUES(11,9,'milestone',5,5,NULL,NULL);
INSERT INTO event_row VALUES(12,10,'milestone',2,2,'{"accepted_on":null,"agreed_on":"2026-03-01","amount":50000000,"condition":"","delivered_on":null,"key":"M2","method":null,"name":"验收款","note":"","planned_on":"2026-09-01","project":1,"rule":"acceptance + 30d","seq":2,"stage":"acceptance"}','{"accepted_on":null,"agreed_on":"2026-03-01","amount":50000000,"condition":"","delivered_on":"2026-08-20","key":"M2","method":null,"name":"验收款","note":"","planned_on":"2026-09-01","project":1,"rule":"acceptance + 30d","seq":2,"stage":"acceptance"}');
INSERT INTO event_row VALUES(13,11,'milestone',2,2,'{"accepted_on":null,"agreed_on":"2026-03-01","amount":50000000,"condition":"","delivered_on":"2026-08-20","key":"M2","method":null,"name":"验收款","note":"","planned_on":"2026-09-01","project":1,"rule":"acceptance + 30d","seq":2,"stage":"acceptance"}','{"accepted_on":"2026-08-25","agreed_on":"2026-03-01","amount":50000000,"condition":"","delivered_on":"2026-08-20","key":"M2","method":null,"name":"验收款","note":"","planned_on":"2026-09-01","project":1,"rule":"acceptance + 30d","seq":2,"stage":"acceptance"}');
INSERT INTO event_row VALUES(14,12,'invoice',1,1,NULL,NULL);
INSERT INTO event_row VALUES(15,12,'invoice_line',1,1,NULL,NULL);
INSERT INTO event_row VALUES(16,13,'invoice',2,2,NULL,NULL);
INSERT INTO event_row VALUES(17,13,'invoice_line',2,2,NULL,NULL);
INSERT INTO event_row VALUES(18,14,'invoice',3,3,NULL,NULL);
INSERT INTO event_row VALUES(19,14,'invoice_line',3,3,NULL,NULL);
INSERT INTO event_row VALUES(20,15,'payment',1,1,NULL,NULL);
INSERT INTO event_row VALUES(21,15,'allocation',1,2,NULL,NULL);
INSERT INTO event_row VALUES(22,16,'reversal',1,1,NULL,NULL);
INSERT INTO event_row VALUES(23,16,'allocation',3,3,NULL,NULL);
INSERT INTO event_row VALUES(24,17,'payment',2,2,NULL,NULL);
INSERT INTO event_row VALUES(25,17,'allocation',4,4,NULL,NULL);
INSERT INTO event_row VALUES(26,18,'touch',1,1,NULL,NULL);
INSERT INTO event_row VALUES(27,18,'touch_milestone',1,1,NULL,NULL);
INSERT INTO event_row VALUES(28,19,'touch',2,2,NULL,NULL);
INSERT INTO event_row VALUES(29,19,'touch_milestone',2,2,NULL,NULL);
INSERT INTO event_row VALUES(30,19,'promise',1,1,NULL,NULL);
INSERT INTO event_row VALUES(31,20,'dispute',1,1,NULL,NULL);
INSERT INTO event_row VALUES(32,21,'reschedule',1,1,NULL,NULL);
INSERT INTO event_row VALUES(33,22,'hold',1,1,NULL,NULL);
INSERT INTO event_row VALUES(34,23,'write_off',1,1,NULL,NULL);
INSERT INTO event_row VALUES(35,24,'milestone',6,6,NULL,NULL);
INSERT INTO event_row VALUES(36,25,'milestone',6,6,NULL,NULL);
INSERT INTO event_row VALUES(37,26,'snapshot',1,1,NULL,NULL);
CREATE TABLE open_item (
    id INTEGER PRIMARY KEY REFERENCES milestone (id),
    project INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    manager INTEGER,
    seq INTEGER NOT NULL,
    stage TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    written_off INTEGER NOT NULL,
    disputed INTEGER NOT NULL,
    invoiced INTEGER NOT NULL,
    due TEXT,
    firm INTEGER NOT NULL,
    firm_from TEXT,
    first_due TEXT,
    rescheduled_on TEXT,
    grace_days INTEGER NOT NULL,
    agreed_on TEXT,
    planned_on TEXT,
    delivered_on TEXT,
    accepted_on TEXT,
    invoiced_on TEXT,
    met_on TEXT,
    gates INTEGER NOT NULL,
    last_step INTEGER,
    last_touch_on TEXT,
    last_chase_on TEXT,
    promises TEXT,
    held_since TEXT,
    held_until TEXT
) STRICT;
INSERT INTO open_item VALUES(2,1,1,1,2,'acceptance','CNY',50000000,49000000,0,0,50000000,'2026-10-31',1,NULL,'2026-09-24','2026-10-08',5,'2026-03-01','2026-09-01','2026-08-20','2026-08-25','2026-08-26','2026-08-25',8,NULL,'2026-10-06',NULL,'[["2026-10-06","2026-10-20",20000000,0]]',NULL,NULL);
INSERT INTO open_item VALUES(3,1,1,1,3,'retention','CNY',20000000,20000000,0,0,0,'2027-08-25',1,NULL,'2027-08-25',NULL,5,'2026-03-01','2026-09-01',NULL,NULL,NULL,'2026-08-25',4,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO open_item VALUES(4,2,2,NULL,1,'delivery','USD',2500050,2100000,50,100000,2500050,'2026-08-31',1,NULL,'2026-08-31',NULL,0,'2026-05-01',NULL,NULL,NULL,'2026-08-01',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO open_item VALUES(5,2,2,NULL,2,'final','USD',900000,900000,0,0,0,'2026-12-20',0,NULL,'2026-12-20',NULL,0,'2026-05-01','2026-12-20',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,'2026-11-01','2026-12-01');
CREATE TABLE open_packed (
    id INTEGER PRIMARY KEY REFERENCES milestone (id),
    packed BLOB NOT NULL
) STRICT;
INSERT INTO open_packed VALUES(2,X'01000000000000000100000000000000010000000000000080f0fa020000000040aeeb02000000000000000000000000000000000000000080f0fa0200000000020000009c000500030108ff504a0b00000000802b4a0b00394a0b005c490b00144a0b00084a0b000d4a0b000e4a0b000d4a0b00374a0b00000000800000008000000080374a0b00454a0b00002d3101000000000000000000000000');
INSERT INTO open_packed VALUES(3,X'010000000000000001000000000000000100000000000000002d310100000000002d310100000000000000000000000000000000000000000000000000000000030000009c000500060104ff7a4b0b00000000807a4b0b00000000805c490b00144a0b000000008000000080000000800d4a0b0000000080000000800000008000000080');
INSERT INTO open_packed VALUES(4,X'020000000000000002000000000000000000000000000000d225260000000000200b2000000000003200000000000000a086010000000000d2252600000000000100000048030000020100ff134a0b0000000080134a0b000000008099490b00000000800000008000000080f5490b000000008000000080000000800000008000000080');
INSERT INTO open_packed VALUES(5,X'020000000000000002000000000000000000000000000000a0bb0d0000000000a0bb0d00000000000000000000000000000000000000000000000000000000000200000048030000050000ff824a0b0000000080824a0b000000008099490b00824a0b00000000800000008000000080000000800000008000000080514a0b006f4a0b00');
CREATE INDEX customer_graded ON customer (grade) WHERE grade IS NOT NULL;
CREATE INDEX contact_customer ON contact (customer);
CREATE INDEX project_customer ON project (customer);
CREATE INDEX project_manager ON project (manager);
CREATE INDEX milestone_closed ON milestone (closed_on);
CREATE INDEX invoice_customer ON invoice (customer, number);
CREATE INDEX invoice_line_invoice ON invoice_line (invoice);
CREATE INDEX invoice_line_milestone ON invoice_line (milestone);
CREATE INDEX payment_customer ON payment (customer);
CREATE INDEX payment_received ON payment (received_on, currency, amount);
CREATE INDEX payment_unapplied ON payment (customer, currency, unapplied) WHERE unapplied <> 0;
CREATE INDEX reversal_payment ON reversal (payment);
CREATE INDEX reversal_day ON reversal (reversed_on);
CREATE INDEX allocation_payment ON allocation (payment);
CREATE INDEX allocation_milestone ON allocation (milestone);
CREATE INDEX allocation_reverses ON allocation (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX allocation_reversal ON allocation (reversal) WHERE reversal IS NOT NULL;
CREATE INDEX touch_day ON touch (touched_on, customer);
CREATE INDEX touch_customer ON touch (customer);
CREATE INDEX touch_contact ON touch (contact) WHERE contact IS NOT NULL;
CREATE INDEX touch_milestone_touch ON touch_milestone (touch);
CREATE INDEX touch_milestone_milestone ON touch_milestone (milestone);
CREATE INDEX promise_milestone ON promise (milestone);
CREATE INDEX promise_touch ON promise (touch);
CREATE INDEX promise_pay_by ON promise (pay_by);
CREATE INDEX dispute_milestone ON dispute (milestone);
CREATE INDEX reschedule_milestone ON reschedule (milestone);
CREATE INDEX hold_milestone ON hold (milestone);
CREATE INDEX write_off_milestone ON write_off (milestone);
CREATE INDEX snapshot_as_of ON snapshot (as_of);
CREATE INDEX event_effective ON event (effective_on);
CREATE INDEX event_who ON event (who, id);
CREATE INDEX event_row_event ON event_row (event);
CREATE INDEX event_row_row ON event_row (tbl, first_id);
CREATE INDEX open_item_customer ON open_item (customer);
COMMIT;
