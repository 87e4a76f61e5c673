-- What changed in the sums by agency, field and channel since a version: they are held in memory, too.
alter table case_file_agency_slice_halves add column version bigint not null default 0;
create index case_file_agency_slice_halves_by_version on case_file_agency_slice_halves (version);
