-- name: name_opinion_insert
insert into name_opinion (id, identity_check_id, register, opinion, reference, given_at)
values (%(id)s, %(check_id)s, %(register)s, %(opinion)s, %(reference)s, %(at)s);

-- name: name_opinion_latest
select distinct on (o.identity_check_id) o.identity_check_id, o.register, o.opinion, o.reference, o.given_at
from name_opinion o
where o.identity_check_id = any(%(check_ids)s::uuid[])
order by o.identity_check_id, o.given_at desc, o.id desc;

-- name: name_opinion_asked
update identity_check set asked_at = %(at)s, asked_times = asked_times + 1 where id = %(check_id)s;

-- name: name_opinion_asked_times
select c.asked_times from identity_check c where c.id = %(check_id)s for update;

-- name: name_opinion_ask_at
update identity_check set ask_again_at = %(at)s where id = %(check_id)s;

-- name: name_opinion_ask_again
-- Only what its owner was told of is asked about: what was submitted before a register was there never is.
with unheard as (
    select c.id from identity_check c
    where c.state = 'waiting' and c.asked_at is not null and c.ask_again_at <= %(now)s
    order by c.ask_again_at
    limit %(limit)s
    for update skip locked
)
update identity_check c
set asked_at = %(now)s, asked_times = c.asked_times + 1, ask_again_at = null
from unheard
where c.id = unheard.id
returning c.id, c.asked_times;
