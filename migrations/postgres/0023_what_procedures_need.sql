-- What form II.07b asks of a procedure: the level that carries it out (city, district, commune), whether it goes through a
-- one-stop unit, whether an internal process was issued for it, and which agency is in charge. Empty: the list does not say.
alter table procedures add column level text;
alter table procedures add column is_one_stop boolean;
alter table procedures add column has_internal_process boolean;
alter table procedures add column agency_id bigint references agencies (agency_id);
create index procedures_by_agency on procedures (agency_id);
