-- What the page on case files asks the files themselves for: letters of apology, files late by their first due date,
-- due dates named anew too often, and one procedure's files. All but the last hold few rows.
create index case_files_by_letter on case_files (apology_on) where apology_on is not null;
create index case_files_strictly_late on case_files (ended_on) where strict_outcome = 3;
create index case_files_rescheduled on case_files (received_on) where reschedules > 1;
create index case_files_by_procedure on case_files (procedure_id, received_on);
