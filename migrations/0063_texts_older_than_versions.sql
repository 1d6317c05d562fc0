-- Why: a text of a clinic's own that was written before versions were kept is not in the list of them, and is lost when it is written anew.
-- Nobody knows who wrote it, nor when: the clinic's own beginning stands for that.
-- Locks: both tables of texts and clinic to the end of this file; a clinic has some dozens of texts.
alter table message_template no force row level security;
alter table message_template_version no force row level security;
alter table clinic no force row level security;
insert into message_template_version (clinic_id, kind, channel, language, version, subject, body, written_by, written_at)
select t.clinic_id, t.kind, t.channel, t.language, t.version, t.subject, t.body, null, c.created_at
from message_template t join clinic c on c.id = t.clinic_id
where not exists (select from message_template_version v where v.clinic_id = t.clinic_id and v.kind = t.kind and v.channel = t.channel and v.language = t.language and v.version = t.version);
alter table message_template force row level security;
alter table message_template_version force row level security;
alter table clinic force row level security;
