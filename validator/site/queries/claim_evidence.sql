-- The evidence on one claim with what the reader needs to know of each source, and which verdicts rest on it.
SELECT
  evidence.id,
  evidence.relation,
  evidence.locator,
  evidence.finding,
  evidence.fragment,
  evidence.source,
  sources.title,
  sources.type,
  sources.publisher,
  sources.published,
  sources.url,
  sources.archive_url,
  sources.language,
  sources.tier,
  sources.access,
  sources.accessed,
  EXISTS (
    SELECT 1 FROM attribution_evidence
    WHERE attribution_evidence.claim = evidence.claim AND attribution_evidence.evidence = evidence.id
  ) AS shows_speaker,
  (
    SELECT json_group_array(listed.number)
    FROM (
      SELECT reviews.number
      FROM review_evidence
      JOIN reviews ON reviews.id = review_evidence.review
      WHERE review_evidence.evidence = evidence.id
      ORDER BY reviews.number
    ) AS listed
  ) AS reviews_json
FROM evidence
JOIN sources ON sources.id = evidence.source
WHERE evidence.claim = :id
ORDER BY length(evidence.id), evidence.id;
