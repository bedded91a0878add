-- One source with its authors, what it derives from and what derives from it, and what it was used for.
SELECT
  sources.*,
  source_counts.claims,
  source_counts.items,
  source_counts.supports,
  source_counts.refutes,
  source_counts.qualifies,
  source_counts.context,
  source_counts.verdicts,
  (SELECT coalesce(sum(claims), 0) FROM claim_counts WHERE part = 'all' AND claim_counts.id = '') AS of_claims,
  (SELECT amount FROM totals WHERE records = 'evidence') AS of_items,
  (SELECT amount FROM totals WHERE records = 'reviews') AS of_verdicts,
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
      SELECT others.*, uses.claims
      FROM source_derivations
      JOIN source_counts AS uses ON uses.source = source_derivations.derives_from
      JOIN sources AS others ON others.id = source_derivations.derives_from
      WHERE source_derivations.source = sources.id
      ORDER BY uses.claims DESC, uses.source
      LIMIT :limit
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
      SELECT others.*, uses.claims
      FROM source_derivations
      JOIN source_counts AS uses ON uses.source = source_derivations.source
      JOIN sources AS others ON others.id = source_derivations.source
      WHERE source_derivations.derives_from = sources.id
      ORDER BY uses.claims DESC, uses.source
      LIMIT :limit
    ) AS listed
  ) AS derivatives_json,
  (SELECT count(*) FROM source_derivations WHERE source_derivations.source = sources.id) AS of_derives_from,
  (SELECT count(*) FROM source_derivations WHERE source_derivations.derives_from = sources.id) AS of_derivatives
FROM sources
JOIN source_counts ON source_counts.source = sources.id
WHERE sources.id = :id;
