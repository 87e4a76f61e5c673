-- What is only counted of the few files with a letter, or without a due date, is counted without reading the files.
drop index case_files_by_letter;
create index case_files_by_letter on case_files
    (apology_on, original_due_on, outcome, agency_id, field_id, channel, procedure_id) where apology_on is not null;
drop index case_files_without_due;
create index case_files_without_due on case_files
    (received_on, due_on, is_immediate, outcome, agency_id, field_id, channel, procedure_id)
    where due_on is null and not is_immediate;
