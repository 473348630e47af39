-- Letters of more kinds are written by the program; none of their numbers is given twice either.
DROP INDEX paper_number;
CREATE UNIQUE INDEX paper_number ON all_paper (kind, number) WHERE number <> ''
    AND (body <> '' OR kind IN ('heads_up', 'payment_application', 'statement', 'reminder', 'due_notice', 'formal_notice',
                                'final_notice', 'suspension_notice', 'resumption_notice'));

PRAGMA user_version = 24;
