-- Made after the rows are in: tags, indexes, full-text search, and what people want to read at once. What a page or a
-- question would have to count over many claims is counted here, once, into tables: a page then reads a few rows, however
-- many claims there are. Rows are put in by the order of their key, so that the same input gives the same bytes.

INSERT OR IGNORE INTO tags SELECT DISTINCT tag FROM claim_tags ORDER BY tag;

CREATE INDEX agents_part_of ON agents (part_of);
CREATE INDEX agents_type ON agents (type);
CREATE INDEX agent_roles_organization ON agent_roles (organization);
CREATE INDEX agent_distinctions_distinct_from ON agent_distinctions (distinct_from);
CREATE INDEX sources_tier ON sources (tier);
CREATE INDEX sources_access ON sources (access);
CREATE INDEX sources_type ON sources (type);
CREATE INDEX sources_language ON sources (language);
CREATE INDEX source_derivations_derives_from ON source_derivations (derives_from);
CREATE INDEX articles_publisher ON articles (publisher, id);
CREATE INDEX articles_published ON articles (published DESC, id);
CREATE INDEX article_authors_agent ON article_authors (agent, article);
CREATE INDEX exclusions_paragraph ON exclusions (article, paragraph);
CREATE INDEX claims_status ON claims (status);
CREATE INDEX claims_kind ON claims (kind);
CREATE INDEX anchors_paragraph ON anchors (article, paragraph);
CREATE INDEX attributions_speaker ON attributions (speaker, claim);
CREATE INDEX attributions_mode ON attributions (mode);
CREATE INDEX attributions_stance ON attributions (stance);
CREATE INDEX attributions_status ON attributions (status);
CREATE INDEX attribution_via_agent ON attribution_via (agent);
CREATE INDEX attribution_evidence_evidence ON attribution_evidence (evidence);
CREATE INDEX evidence_claim ON evidence (claim);
CREATE INDEX evidence_source ON evidence (source, claim);
CREATE INDEX evidence_relation ON evidence (relation);
CREATE INDEX reviews_reviewer ON reviews (reviewer, decided DESC, id, status, confidence);
CREATE INDEX reviews_status ON reviews (status);
CREATE INDEX reviews_decided ON reviews (decided DESC, id);
CREATE INDEX reviews_confidence ON reviews (confidence);
CREATE INDEX review_faults_fault ON review_faults (fault);
CREATE INDEX review_evidence_evidence ON review_evidence (evidence);
CREATE INDEX claim_dependencies_depends_on ON claim_dependencies (depends_on);
CREATE INDEX claim_relations_related ON claim_relations (related);
CREATE INDEX claim_tags_tag ON claim_tags (tag);

-- Datasette looks for the name in double quotes: a table with another kind of quotes gets no search box.
CREATE VIRTUAL TABLE claims_fts USING fts5 (statement, content="claims", tokenize="porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE evidence_fts USING fts5 (finding, content="evidence", tokenize="porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE reviews_fts USING fts5 (rationale, content="reviews", tokenize="porter unicode61 remove_diacritics 2");
-- The texts that SQLite does not compare well by itself, as the terms of validator/terms.py, which `build` writes. The row
-- of a statement has three times its number, one more stands for a finding and two more for a rationale. They are searched
-- and nowhere shown, so the index keeps no copy of them. Vowel signs are parts of words here.
CREATE VIRTUAL TABLE terms_fts USING fts5 (
  terms, content="", tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
);
INSERT INTO claims_fts (claims_fts) VALUES ('rebuild');
INSERT INTO evidence_fts (evidence_fts) VALUES ('rebuild');
INSERT INTO reviews_fts (reviews_fts) VALUES ('rebuild');

-- The claims that count, with what the tables below count them by; gone when the connection is closed.
CREATE TEMP TABLE standing (
  id TEXT PRIMARY KEY,
  article TEXT NOT NULL,
  speaker TEXT,
  status TEXT NOT NULL,
  attribution_status TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO standing
SELECT claims.id, claims.article, attributions.speaker, claims.status, coalesce(attributions.status, 'none')
FROM claims
JOIN attributions ON attributions.claim = claims.id
WHERE claims.withdrawn IS NULL
ORDER BY claims.id;

-- Each claim with names in place of ids, and its current verdict: a view of a table, so that it is quick to count and to
-- filter, and is shown as a view is, with an id that leads to the page of the claim.
CREATE TABLE overview_rows (
  id TEXT PRIMARY KEY,
  article TEXT NOT NULL,
  statement TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  accuracy INTEGER,
  confidence TEXT,
  as_of TEXT,
  decided TEXT,
  speaker TEXT,
  mode TEXT NOT NULL,
  said TEXT,
  stance TEXT NOT NULL,
  attribution_status TEXT,
  rationale TEXT,
  withdrawn TEXT,
  sources INTEGER NOT NULL
) STRICT;

INSERT INTO overview_rows
SELECT
  claims.id,
  articles.headline,
  claims.statement,
  claims.kind,
  claims.status,
  latest.accuracy,
  latest.confidence,
  latest.as_of,
  latest.decided,
  agents.name,
  attributions.mode,
  attributions.said,
  attributions.stance,
  attributions.status,
  latest.rationale,
  claims.withdrawn,
  (
    SELECT count(DISTINCT evidence.source)
    FROM review_evidence
    JOIN evidence ON evidence.id = review_evidence.evidence
    WHERE review_evidence.review = latest.id
  )
FROM claims
JOIN articles ON articles.id = claims.article
JOIN attributions ON attributions.claim = claims.id
LEFT JOIN agents ON agents.id = attributions.speaker
LEFT JOIN reviews AS latest
  ON latest.claim = claims.id
  AND latest.number = (SELECT max(number) FROM reviews WHERE reviews.claim = claims.id)
ORDER BY claims.article, claims.number;

CREATE INDEX overview_rows_status ON overview_rows (status, id, kind, speaker, attribution_status);
CREATE INDEX overview_rows_kind ON overview_rows (kind, id);
CREATE INDEX overview_rows_speaker ON overview_rows (speaker, id);
CREATE INDEX overview_rows_attribution_status ON overview_rows (attribution_status, speaker, id);
CREATE INDEX overview_rows_one_source ON overview_rows (id) WHERE sources = 1;

CREATE VIEW claim_overview AS
SELECT
  id, article, statement, kind, status, accuracy, confidence, as_of, decided, speaker, mode, said, stance,
  attribution_status, rationale, withdrawn, sources
FROM overview_rows;

-- Each verdict with the time for which it speaks: from its as_of up to, and not including, that of the next one.
-- The verdict as of a date is the row with valid_from <= date and (valid_until is null or date < valid_until).
-- Without a join and without an order of its own: Datasette counts it and turns its pages, and should read no claim for that.
CREATE VIEW verdict_periods AS
SELECT
  reviews.claim,
  (SELECT article FROM claims WHERE claims.id = reviews.claim) AS article,
  (SELECT statement FROM claims WHERE claims.id = reviews.claim) AS statement,
  reviews.id AS review,
  reviews.status,
  reviews.accuracy,
  reviews.as_of AS valid_from,
  (
    SELECT min(later.as_of) FROM reviews AS later
    WHERE later.claim = reviews.claim AND (later.as_of, later.number) > (reviews.as_of, reviews.number)
  ) AS valid_until,
  reviews.decided
FROM reviews;

-- Each verdict that changed the status of its claim, with the status before it.
CREATE TABLE verdict_changes (
  claim TEXT NOT NULL,
  number INTEGER NOT NULL,
  earlier TEXT,
  status TEXT NOT NULL,
  as_of TEXT NOT NULL,
  decided TEXT NOT NULL,
  PRIMARY KEY (claim, number)
) STRICT, WITHOUT ROWID;

INSERT INTO verdict_changes
SELECT reviews.claim, reviews.number, earlier.status, reviews.status, reviews.as_of, reviews.decided
FROM reviews
LEFT JOIN reviews AS earlier ON earlier.claim = reviews.claim AND earlier.number = reviews.number - 1
WHERE reviews.status <> coalesce(earlier.status, 'unreviewed')
ORDER BY reviews.claim, reviews.number;

CREATE INDEX verdict_changes_decided ON verdict_changes (decided DESC, as_of DESC, claim, number DESC);
CREATE INDEX verdict_changes_again ON verdict_changes (claim, number) WHERE earlier IS NOT NULL;

-- How many claims of each speaker have each status, and of how many in all; those that were withdrawn do not count.
CREATE TABLE speaker_statuses (
  speaker TEXT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  claims INTEGER NOT NULL,
  of_claims INTEGER NOT NULL,
  PRIMARY KEY (speaker, status)
) STRICT, WITHOUT ROWID;

INSERT INTO speaker_statuses
SELECT
  coalesce(standing.speaker, 'narrator') AS speaker,
  coalesce(agents.name, 'the article itself'),
  standing.status,
  count(*),
  sum(count(*)) OVER (PARTITION BY standing.speaker)
FROM standing
LEFT JOIN agents ON agents.id = standing.speaker
GROUP BY standing.speaker, standing.status
ORDER BY 1, 3;

CREATE INDEX speaker_statuses_of_claims ON speaker_statuses (of_claims DESC);

-- How much of each paragraph claims and exclusions account for, each character counted once.
-- A claim that was withdrawn accounts for nothing.
CREATE TABLE paragraph_coverage (
  article TEXT NOT NULL,
  paragraph INTEGER NOT NULL,
  role TEXT NOT NULL,
  characters INTEGER NOT NULL,
  covered INTEGER NOT NULL,
  percent REAL NOT NULL,
  claims INTEGER NOT NULL,
  PRIMARY KEY (article, paragraph)
) STRICT, WITHOUT ROWID;

INSERT INTO paragraph_coverage
WITH ranges AS (
  SELECT anchors.article, anchors.paragraph, anchors."start", anchors."end", anchors.claim
  FROM anchors
  JOIN standing ON standing.id = anchors.claim
  UNION ALL
  SELECT article, paragraph, "start", "end", NULL FROM exclusions
),
reaching AS (
  SELECT *, max("end") OVER (
    PARTITION BY article, paragraph ORDER BY "start", "end"
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS reached
  FROM ranges
),
sums AS (
  SELECT
    article,
    paragraph,
    sum(max(0, "end" - max("start", coalesce(reached, 0)))) AS covered,
    count(DISTINCT claim) AS claims
  FROM reaching
  GROUP BY article, paragraph
)
SELECT
  paragraphs.article,
  paragraphs.number,
  paragraphs.role,
  paragraphs.characters,
  coalesce(sums.covered, 0),
  round(100.0 * coalesce(sums.covered, 0) / paragraphs.characters, 1),
  coalesce(sums.claims, 0)
FROM paragraphs
LEFT JOIN sums ON sums.article = paragraphs.article AND sums.paragraph = paragraphs.number
ORDER BY paragraphs.article, paragraphs.number;

-- What each source was used for: claims, evidence items by relation, and verdicts that rest on it.
CREATE TABLE source_counts (
  source TEXT PRIMARY KEY,
  claims INTEGER NOT NULL,
  items INTEGER NOT NULL,
  supports INTEGER NOT NULL,
  refutes INTEGER NOT NULL,
  qualifies INTEGER NOT NULL,
  context INTEGER NOT NULL,
  verdicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO source_counts
SELECT
  sources.id,
  count(DISTINCT evidence.claim),
  count(DISTINCT evidence.id),
  count(DISTINCT evidence.id) FILTER (WHERE evidence.relation = 'supports'),
  count(DISTINCT evidence.id) FILTER (WHERE evidence.relation = 'refutes'),
  count(DISTINCT evidence.id) FILTER (WHERE evidence.relation = 'qualifies'),
  count(DISTINCT evidence.id) FILTER (WHERE evidence.relation = 'context'),
  count(DISTINCT review_evidence.review)
FROM sources
LEFT JOIN evidence ON evidence.source = sources.id
LEFT JOIN review_evidence ON review_evidence.evidence = evidence.id
GROUP BY sources.id
ORDER BY sources.id;

CREATE INDEX source_counts_claims ON source_counts (claims DESC);

CREATE VIEW source_uses AS
SELECT
  source_counts.source,
  sources.title,
  sources.publisher,
  sources.tier,
  sources.access,
  source_counts.claims,
  source_counts.items,
  source_counts.supports,
  source_counts.refutes,
  source_counts.qualifies,
  source_counts.context,
  source_counts.verdicts
FROM source_counts
JOIN sources ON sources.id = source_counts.source
ORDER BY source_counts.claims DESC, source_counts.source;

-- How many claims that have something in common have each status, and each status of their attribution (none where there
-- is no speaker whose saying it would have to be shown); those that were withdrawn do not count.
CREATE TABLE claim_counts (
  part TEXT NOT NULL,
  id TEXT NOT NULL,
  status TEXT NOT NULL,
  attribution_status TEXT NOT NULL,
  claims INTEGER NOT NULL,
  PRIMARY KEY (part, id, status, attribution_status)
) STRICT, WITHOUT ROWID;

INSERT INTO claim_counts
SELECT 'all', '', status, attribution_status, count(*) FROM standing GROUP BY 3, 4 ORDER BY 3, 4;

INSERT INTO claim_counts
SELECT 'article', article, status, attribution_status, count(*) FROM standing GROUP BY 2, 3, 4 ORDER BY 2, 3, 4;

INSERT INTO claim_counts
SELECT 'source', evidence.source, standing.status, standing.attribution_status, count(DISTINCT evidence.claim)
FROM evidence
JOIN standing ON standing.id = evidence.claim
GROUP BY 2, 3, 4
ORDER BY 2, 3, 4;

INSERT INTO claim_counts
SELECT 'speaker', speaker, status, attribution_status, count(*) FROM standing
WHERE speaker IS NOT NULL
GROUP BY 2, 3, 4
ORDER BY 2, 3, 4;

INSERT INTO claim_counts
SELECT 'tag', claim_tags.tag, standing.status, standing.attribution_status, count(*)
FROM claim_tags
JOIN standing ON standing.id = claim_tags.claim
GROUP BY 2, 3, 4
ORDER BY 2, 3, 4;

INSERT INTO claim_counts
SELECT 'via', attribution_via.agent, standing.status, standing.attribution_status, count(DISTINCT attribution_via.claim)
FROM attribution_via
JOIN standing ON standing.id = attribution_via.claim
GROUP BY 2, 3, 4
ORDER BY 2, 3, 4;

-- How many claims articles put in the mouth of each agent, how many reached them through it, how many verdicts it made,
-- and how many articles it published and wrote.
CREATE TABLE agent_counts (
  agent TEXT PRIMARY KEY,
  claims INTEGER NOT NULL,
  passed_on INTEGER NOT NULL,
  reviews INTEGER NOT NULL,
  published INTEGER NOT NULL,
  written INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO agent_counts
SELECT
  agents.id,
  (SELECT coalesce(sum(claims), 0) FROM claim_counts WHERE part = 'speaker' AND id = agents.id),
  (SELECT coalesce(sum(claims), 0) FROM claim_counts WHERE part = 'via' AND id = agents.id),
  (SELECT count(*) FROM reviews WHERE reviews.reviewer = agents.id),
  (SELECT count(*) FROM articles WHERE articles.publisher = agents.id),
  (SELECT count(*) FROM article_authors WHERE article_authors.agent = agents.id)
FROM agents
ORDER BY agents.id;

-- The last day on which a verdict on a claim of an article was decided, or one of its claims was withdrawn.
CREATE TABLE article_changes (
  article TEXT PRIMARY KEY,
  changed TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO article_changes
SELECT claims.article, max(max(coalesce(reviews.decided, ''), coalesce(claims.withdrawn, ''))) AS changed
FROM claims
LEFT JOIN reviews ON reviews.claim = claims.id
GROUP BY claims.article
HAVING changed > ''
ORDER BY claims.article;

-- How many records there are of each kind, withdrawn claims among them.
CREATE TABLE totals (
  records TEXT PRIMARY KEY,
  amount INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO totals
SELECT 'agents', count(*) FROM agents
UNION ALL SELECT 'articles', count(*) FROM articles
UNION ALL SELECT 'claims', count(*) FROM claims
UNION ALL SELECT 'evidence', count(*) FROM evidence
UNION ALL SELECT 'reviews', count(*) FROM reviews
UNION ALL SELECT 'sources', count(*) FROM sources
UNION ALL SELECT 'tags', count(*) FROM tags;

-- Every name of every agent, whoever makes most claims first: the search takes the first that match.
CREATE VIRTUAL TABLE names_fts USING fts5 (name, agent UNINDEXED, tokenize="unicode61 remove_diacritics 2");
INSERT INTO names_fts (name, agent)
SELECT listed.name, listed.agent
FROM (
  SELECT id AS agent, 0 AS position, name FROM agents
  UNION ALL
  SELECT agent, position, name FROM agent_names
) AS listed
JOIN agent_counts ON agent_counts.agent = listed.agent
ORDER BY agent_counts.claims DESC, listed.agent, listed.position;

DROP TABLE standing;
