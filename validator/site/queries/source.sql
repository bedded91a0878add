-- One source with its authors, what it derives from and what derives from it, and what it was used for.
SELECT
  sources.*,
  source_uses.claims,
  source_uses.items,
  source_uses.supports,
  source_uses.refutes,
  source_uses.qualifies,
  source_uses.context,
  source_uses.verdicts,
  (SELECT count(*) FROM claims WHERE withdrawn IS NULL) AS of_claims,
  (SELECT count(*) FROM evidence) AS of_items,
  (SELECT count(*) FROM reviews) AS of_verdicts,
  (
    SELECT json_group_array(listed.name)
    FROM (SELECT name FROM source_authors WHERE source_authors.source = sources.id ORDER BY position) AS listed
  ) AS authors_json,
  (
    SELECT json_group_array(
      json_object(
        'id', listed.id, 'title', listed.title, 'language', listed.language, 'access', listed.access,
        'claims', listed.claims
      )
    )
    FROM (
      SELECT others.*, (SELECT count(DISTINCT claim) FROM evidence WHERE evidence.source = others.id) AS claims
      FROM source_derivations
      JOIN sources AS others ON others.id = source_derivations.derives_from
      WHERE source_derivations.source = sources.id
      ORDER BY claims DESC, others.id
    ) AS listed
  ) AS derives_from_json,
  (
    SELECT json_group_array(
      json_object(
        'id', listed.id, 'title', listed.title, 'language', listed.language, 'access', listed.access,
        'claims', listed.claims
      )
    )
    FROM (
      SELECT others.*, (SELECT count(DISTINCT claim) FROM evidence WHERE evidence.source = others.id) AS claims
      FROM source_derivations
      JOIN sources AS others ON others.id = source_derivations.source
      WHERE source_derivations.derives_from = sources.id
      ORDER BY claims DESC, others.id
    ) AS listed
  ) AS derivatives_json
FROM sources
JOIN source_uses ON source_uses.source = sources.id
WHERE sources.id = :id;
