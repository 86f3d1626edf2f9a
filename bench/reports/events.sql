-- Reported events as the product's services would leave them: a decided item, both clocks, the report. Times and
-- kinds are drawn by chance from a seed; %(events)s is how many.
SELECT setseed(0.26);
CREATE TEMP TABLE made AS
SELECT n, gen_random_uuid() AS psych, gen_random_uuid() AS legal, gen_random_uuid() AS item, gen_random_uuid() AS incident,
       (SELECT array_agg(id ORDER BY id) FROM directory_school) [1 + floor(random() * %(schools)s)::int] AS school,
       (%(kinds)s::text[])[1 + floor(power(random(), 1.6) * %(kind_count)s)::int] AS kind,
       %(first)s::timestamptz + random() * (%(last)s::timestamptz - %(first)s::timestamptz) AS at,
       random() AS psych_luck, random() AS legal_luck
FROM generate_series(1, %(events)s) AS n;
INSERT INTO clocks_clock (id, code, school_id, started_at, warn_at, due_at, stopped_at, warned_at, escalated_at, escalation_step)
SELECT psych, 'psych_assessment_high', school, at, at + interval '6 hours', at + interval '8 hours',
       CASE WHEN psych_luck < 0.86 THEN at + interval '3 hours' WHEN psych_luck < 0.97 THEN at + interval '30 hours' END,
       at + interval '6 hours', at + interval '8 hours', 9 FROM made
UNION ALL
SELECT legal, 'legal_assessment', school, at, at + interval '2 days', at + interval '3 days',
       CASE WHEN legal_luck < 0.78 THEN at + interval '1 day' WHEN legal_luck < 0.95 THEN at + interval '6 days' END,
       at + interval '2 days', at + interval '3 days', 9 FROM made;
INSERT INTO triage_triageitem (id, kind, audience, pupil_chosen, title_code, facts, words_sealed, quality, quality_code,
       ai_generated, model_label, demo, second_person, due_at, created_at, state, proposed_role, decided_at, decided_by_id,
       reason_code, reason_sealed, confirmation_sealed, legal_clock_id, psych_clock_id, school_id, words_key_id)
SELECT item, 'incident', 'school', false, kind, '{}', '', 2, '', false, '', false, false, at + interval '8 hours', at, 'dismissed',
       '', at + interval '3 hours', %(person)s, 'already_handled', '', '', legal, psych, school, %(key)s FROM made;
INSERT INTO incidents_incident (id, number, category, violence, about_staff, occurred_at, place_sealed, words_sealed,
       reporter_role, created_at, data_key_id, reported_by_id, school_id, triage_item_id)
SELECT incident, n, kind, kind IN ('violence', 'domestic_violence'), false, at - interval '1 hour', '', '', 'teacher', at,
       %(key)s, %(person)s, school, item FROM made;
DROP TABLE made;
