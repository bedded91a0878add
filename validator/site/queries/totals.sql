-- How many records there are, for the sentences of the start page.
SELECT
  (SELECT count(*) FROM articles) AS articles,
  (SELECT count(*) FROM claims WHERE withdrawn IS NULL) AS claims,
  (SELECT count(*) FROM reviews) AS reviews,
  (SELECT count(*) FROM evidence) AS evidence,
  (SELECT count(*) FROM sources) AS sources,
  (SELECT json_group_object(counted.status, counted.claims)
    FROM (SELECT status, count(*) AS claims FROM claims WHERE withdrawn IS NULL GROUP BY status) AS counted) AS counts_json;
