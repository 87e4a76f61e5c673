-- What the pages ask the files themselves for is found without reading the others, and where it is only counted, without
-- reading the files.
drop index case_files_late;
create index case_files_late on case_files (ended_on, procedure_id, agency_id, field_id, channel) where outcome = 3;
drop index case_files_strictly_late;
create index case_files_strictly_late on case_files
    (ended_on, apology_on, agency_id, field_id, channel, procedure_id) where strict_outcome = 3;

-- What was open on a day: open still, ended soon after it, or one of the few that take long.
drop index case_files_open;
create index case_files_open on case_files (outcome, due_on) where outcome = 0;
create index case_files_by_end on case_files (ended_on, received_on);
create index case_files_long on case_files (ended_on) where ended_on - received_on > 60;

-- Doubtful dates.
create index case_files_without_due on case_files (received_on) where due_on is null and not is_immediate;
create index case_files_ended_before_received on case_files (ended_on)
    where completed_on < received_on or completed_on is null and returned_on < received_on;
create index case_files_due_before_received on case_files (received_on) where due_on < received_on;
