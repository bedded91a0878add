-- The claims that one source bears on, each with what it says there, in the order of their ids, after one of them.
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
FROM evidence AS used
JOIN claims ON claims.id = used.claim AND claims.withdrawn IS NULL
JOIN attributions ON attributions.claim = claims.id
LEFT JOIN agents ON agents.id = attributions.speaker
WHERE used.source = :id AND used.claim > :after
GROUP BY used.claim
ORDER BY used.claim
LIMIT :limit;
