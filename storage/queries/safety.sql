-- name: safety_mark_answers
insert into visit_safety (consultation_id, answered_seq, answered_at, flagged)
select * from unnest(%(id)s::uuid[], %(seq)s::bigint[], %(at)s::timestamptz[], %(flagged)s::boolean[])
on conflict (consultation_id) do update
set answered_seq = excluded.answered_seq, answered_at = excluded.answered_at, flagged = excluded.flagged;

-- name: safety_mark_locations
insert into visit_safety (consultation_id, located_seq, located_at, flagged)
select l.id, l.seq, l.at, false
from unnest(%(id)s::uuid[], %(seq)s::bigint[], %(at)s::timestamptz[]) as l (id, seq, at)
on conflict (consultation_id) do update
set located_seq = excluded.located_seq, located_at = excluded.located_at;

-- name: safety_marks
select answered_seq, answered_at, flagged, located_seq, located_at
from visit_safety
where consultation_id = %(id)s;

-- name: safety_last_location
-- Where the patient's latest confirmed location is kept, of this visit or of an earlier one.
select s.consultation_id, s.located_seq
from visit_safety s
join consultation c on c.id = s.consultation_id
join appointment a on a.id = c.appointment_id
where a.patient_id = %(patient_id)s and s.located_seq is not null
order by s.located_at desc, s.consultation_id desc
limit 1;

-- name: safety_flagged
select consultation_id, answered_seq
from visit_safety
where consultation_id = any(%(ids)s::uuid[]) and flagged;

-- name: safety_entries
-- One entry of each conversation, by its sequence number.
select e.conversation_id, e.seq, e.message_id, e.author, e.kind, e.recorded_at, e.commitment, e.entry_hash,
    e.sealed
from archive_entry e
join unnest(%(ids)s::uuid[], %(seqs)s::bigint[]) as w (conversation_id, seq)
    on w.conversation_id = e.conversation_id and w.seq = e.seq;
