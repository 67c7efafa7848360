-- Which reports somebody may not know of is asked on the desk's first page, among however many there are.
create index reports_restricted on avow.reports (organization_id, id) where restricted_at is not null;
