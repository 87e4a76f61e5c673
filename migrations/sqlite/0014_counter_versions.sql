-- What changed in a counter since a version: servers keep these few in memory and fetch no more than that.
alter table case_file_level_days add column version bigint not null default 0;
create index case_file_level_days_by_version on case_file_level_days (version);
alter table case_file_agency_halves add column version bigint not null default 0;
create index case_file_agency_halves_by_version on case_file_agency_halves (version);

-- The sums of half a month by level, field and channel.
create table case_file_slice_halves (
    level integer not null,
    field_id bigint not null,
    channel integer not null,
    day integer not null,
    received bigint not null default 0,
    withdrawn bigint not null default 0,
    paused bigint not null default 0,
    early bigint not null default 0,
    on_time bigint not null default 0,
    late bigint not null default 0,
    undetermined bigint not null default 0,
    open_within_due bigint not null default 0,
    open_overdue bigint not null default 0,
    open_undetermined bigint not null default 0,
    strict_early bigint not null default 0,
    strict_on_time bigint not null default 0,
    strict_late bigint not null default 0,
    strict_undetermined bigint not null default 0,
    strict_open_within_due bigint not null default 0,
    strict_open_overdue bigint not null default 0,
    strict_open_undetermined bigint not null default 0,
    due_in_0 bigint not null default 0,
    due_in_1 bigint not null default 0,
    due_in_3 bigint not null default 0,
    due_in_5 bigint not null default 0,
    overdue_5 bigint not null default 0,
    overdue_10 bigint not null default 0,
    overdue_30 bigint not null default 0,
    overdue_more bigint not null default 0,
    version bigint not null default 0,
    primary key (level, field_id, channel, day)
);
insert into case_file_slice_halves (level, field_id, channel, day, received, withdrawn, paused, early, on_time, late, undetermined, open_within_due, open_overdue, open_undetermined, strict_early, strict_on_time, strict_late, strict_undetermined, strict_open_within_due, strict_open_overdue, strict_open_undetermined, due_in_0, due_in_1, due_in_3, due_in_5, overdue_5, overdue_10, overdue_30, overdue_more)
select level, field_id, channel, cast(julianday(date(day * 86400, 'unixepoch', 'start of month')) - 2440587.5 as integer)
    + case when cast(strftime('%d', day * 86400, 'unixepoch') as integer) >= 15 then 14 else 0 end, sum(received), sum(withdrawn), sum(paused), sum(early), sum(on_time), sum(late), sum(undetermined), sum(open_within_due), sum(open_overdue), sum(open_undetermined), sum(strict_early), sum(strict_on_time), sum(strict_late), sum(strict_undetermined), sum(strict_open_within_due), sum(strict_open_overdue), sum(strict_open_undetermined), sum(due_in_0), sum(due_in_1), sum(due_in_3), sum(due_in_5), sum(overdue_5), sum(overdue_10), sum(overdue_30), sum(overdue_more)
from case_file_slice_days group by 1, 2, 3, 4;
create index case_file_slice_halves_by_version on case_file_slice_halves (version);
-- The days of a half that is asked for in part.
create index case_file_slice_days_by_day on case_file_slice_days (day);
