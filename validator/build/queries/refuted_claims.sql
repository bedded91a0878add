-- Refuted claims
-- What the evidence shows not to be so, with the reasons of the latest review.
SELECT id, statement, accuracy, confidence, as_of, speaker, rationale
FROM claim_overview
WHERE status = 'refuted' AND withdrawn IS NULL
ORDER BY id;
