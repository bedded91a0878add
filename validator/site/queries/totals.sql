-- How many records there are, for the sentences of the start page.
SELECT
  (SELECT amount FROM totals WHERE records = 'articles') AS articles,
  (SELECT coalesce(sum(claims), 0) FROM claim_counts WHERE part = 'all' AND id = '') AS claims,
  (SELECT amount FROM totals WHERE records = 'reviews') AS reviews,
  (SELECT amount FROM totals WHERE records = 'evidence') AS evidence,
  (SELECT amount FROM totals WHERE records = 'sources') AS sources,
  (
    SELECT json_group_object(counted.status, counted.claims)
    FROM (
      SELECT status, sum(claims) AS claims FROM claim_counts WHERE part = 'all' AND id = '' GROUP BY status
    ) AS counted
  ) AS counts_json;
