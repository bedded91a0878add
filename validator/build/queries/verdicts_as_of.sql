-- Verdicts as of a day
-- The verdict on each claim that speaks for the day that is asked for, such as 2021-12-31.
SELECT claim, statement, status, accuracy, valid_from, valid_until, decided
FROM verdict_periods
WHERE valid_from <= :date AND (valid_until IS NULL OR :date < valid_until)
ORDER BY claim;
