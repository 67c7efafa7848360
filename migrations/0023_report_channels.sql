-- Reports come by mail too, and by somebody of the team who enters one that came another way.

alter table avow.reports drop constraint reports_channel_check;
alter table avow.reports add constraint reports_channel_check check (channel in ('web', 'api', 'mail', 'team'));
