-- Unconfirmed attributions
-- What an article puts in somebody's mouth and nothing was found that shows whether it was said; and what was shown to be misquoted or said by somebody else.
SELECT id, attribution_status, speaker, statement, said
FROM claim_overview
WHERE attribution_status IN ('misattributed', 'misquoted', 'unconfirmed') AND withdrawn IS NULL
ORDER BY attribution_status, speaker, id;
