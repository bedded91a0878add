-- :claims claims, a hundred to an article, as rows; `bulk.many` puts the number in.
CREATE TEMP TABLE n AS
WITH RECURSIVE n (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n LIMIT :claims)
SELECT v, printf('gazette-%05d', (v - 1) / 100) AS article, printf('gazette-%05d-%03d', (v - 1) / 100, (v - 1) % 100 + 1) AS claim
FROM n;

INSERT INTO statuses VALUES ('supported', 1, 'It is so.'), ('refuted', 2, 'It is not.'), ('unreviewed', 3, 'Not yet.');

INSERT INTO agents VALUES
  ('gazette', 'organization', 'The Gazette', NULL, NULL, NULL, NULL),
  ('speaker', 'person', 'Somebody Much Quoted', NULL, NULL, NULL, NULL);
INSERT INTO agents
SELECT printf('person-%05d', v), 'person', printf('Person %d', v), NULL, NULL, NULL, NULL FROM n WHERE v % 20 = 0;

INSERT INTO sources
SELECT id, 'A source', 'report', 'A publisher', NULL, NULL, NULL, 'en', 'primary', 'full', NULL, NULL
FROM (SELECT 'source' AS id UNION ALL SELECT printf('source-%05d', v) FROM n WHERE v % 20 = 0);
INSERT INTO source_derivations SELECT id, 'source' FROM sources WHERE id > 'source' ORDER BY id LIMIT 20;

INSERT INTO articles
SELECT DISTINCT article, 'A headline', 'https://gazette.example/', 'gazette', date('2020-01-01', ((v - 1) / 100) || ' days'),
  'en', 'news', 'nfc-lines', 1000, 'x'
FROM n WHERE v % 100 = 1;
INSERT INTO article_authors SELECT id, 1, 'speaker' FROM articles;
INSERT INTO paragraphs SELECT id, 1, 1000, 'x', 'body' FROM articles;

INSERT INTO claims
SELECT claim, article, (v - 1) % 100 + 1, 'The ferry carried passengers, and word' || v || '.', 'event', NULL,
  CASE v % 4 WHEN 0 THEN 'refuted' ELSE 'supported' END, NULL, CASE WHEN v % 50 = 0 THEN '2021-01-01' END,
  CASE WHEN v % 50 = 0 THEN 'Twice.' END, claim
FROM n;
INSERT INTO anchors SELECT claim, 1, article, 1, (v - 1) % 100 * 10, (v - 1) % 100 * 10 + 10, 'x' FROM n;
INSERT INTO attributions
SELECT claim, CASE v % 2 WHEN 0 THEN 'document' ELSE 'narrator' END, CASE v % 2 WHEN 0 THEN 'speaker' END, NULL, 'reports',
  CASE v % 2 WHEN 0 THEN 'unconfirmed' END
FROM n;
INSERT INTO attribution_via SELECT claim, 1, 'gazette' FROM n WHERE v % 2 = 0;
INSERT INTO evidence SELECT claim || '-e1', claim, 'source', 'supports', NULL, 'The ferry carried so many.', NULL FROM n;
INSERT INTO evidence
SELECT claim || '-e2', claim, printf('source-%05d', v - v % 20), 'context', NULL, 'Another ferry.', NULL FROM n WHERE v > 20;
INSERT INTO reviews
SELECT claim || '-r1', claim, 1, date('2021-01-01', (v % 1000) || ' days'), '2021-01-01', 'gazette', 'supported', 5, 'high',
  'The ferry was seen.'
FROM n;
INSERT INTO reviews
SELECT claim || '-r2', claim, 2, '2024-01-01', '2024-01-01', 'gazette', CASE v % 4 WHEN 0 THEN 'refuted' ELSE 'supported' END,
  5, 'high', 'The ferry was counted.'
FROM n;
INSERT INTO review_evidence SELECT claim || '-r2', claim || '-e1' FROM n;
INSERT INTO claim_relations VALUES ('gazette-00001-001', 'gazette-00002-002');
INSERT INTO tags VALUES ('tag');
INSERT INTO tags SELECT printf('tag-%05d', v) FROM n WHERE v % 20 = 0;
INSERT INTO claim_tags SELECT claim, 'tag' FROM n;
DROP TABLE n;
