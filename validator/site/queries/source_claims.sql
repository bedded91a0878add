-- The claims that one source bears on, each with what it says there.
SELECT
  claims.id,
  claims.number,
  claims.statement,
  claims.kind,
  claims.status,
  attributions.mode,
  attributions.status AS attribution_status,
  attributions.speaker,
  agents.name AS speaker_name,
  (
    SELECT json_group_array(
      json_object(
        'id', listed.id, 'relation', listed.relation, 'locator', listed.locator,
        'finding', listed.finding, 'fragment', listed.fragment
      )
    )
    FROM (
      SELECT * FROM evidence
      WHERE evidence.claim = claims.id AND evidence.source = :id
      ORDER BY length(evidence.id), evidence.id
    ) AS listed
  ) AS evidence_json
FROM claims
JOIN attributions ON attributions.claim = claims.id
LEFT JOIN agents ON agents.id = attributions.speaker
WHERE claims.id IN (SELECT claim FROM evidence WHERE source = :id) AND claims.withdrawn IS NULL
ORDER BY claims.article, claims.number;
