-- How many visits were booked on each day.
create index consultation_created on consultation (created_at);
