-- The sums of half a month by agency: months of both cycles, calendar and 15th to 14th, are made of whole ones. A half is
-- known by its first day, the 1st or the 15th.
create table case_file_agency_halves (
    agency_id bigint not null,
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
    primary key (agency_id, day)
);
insert into case_file_agency_halves (agency_id, day, received, withdrawn, paused, early, on_time, late, undetermined, open_within_due, open_overdue, open_undetermined, strict_early, strict_on_time, strict_late, strict_undetermined, strict_open_within_due, strict_open_overdue, strict_open_undetermined, due_in_0, due_in_1, due_in_3, due_in_5, overdue_5, overdue_10, overdue_30, overdue_more)
select agency_id, date_trunc('month', date '1970-01-01' + day)::date - date '1970-01-01'
    + case when extract(day from date '1970-01-01' + day) >= 15 then 14 else 0 end, sum(received), sum(withdrawn), sum(paused), sum(early), sum(on_time), sum(late), sum(undetermined), sum(open_within_due), sum(open_overdue), sum(open_undetermined), sum(strict_early), sum(strict_on_time), sum(strict_late), sum(strict_undetermined), sum(strict_open_within_due), sum(strict_open_overdue), sum(strict_open_undetermined), sum(due_in_0), sum(due_in_1), sum(due_in_3), sum(due_in_5), sum(overdue_5), sum(overdue_10), sum(overdue_30), sum(overdue_more)
from case_file_agency_days group by 1, 2;
