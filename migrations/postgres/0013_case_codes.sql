-- The key of case files in an index like the others, so that a first large file can be taken in before it is made.
alter table case_files drop constraint case_files_case_code_key;
create unique index case_files_by_code on case_files (case_code);
