-- Made after the rows are in: tags, indexes, full-text search, and views that people can read.

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
CREATE INDEX articles_publisher ON articles (publisher);
CREATE INDEX article_authors_agent ON article_authors (agent);
CREATE INDEX exclusions_paragraph ON exclusions (article, paragraph);
CREATE INDEX claims_status ON claims (status);
CREATE INDEX claims_kind ON claims (kind);
CREATE INDEX anchors_paragraph ON anchors (article, paragraph);
CREATE INDEX attributions_speaker ON attributions (speaker);
CREATE INDEX attributions_mode ON attributions (mode);
CREATE INDEX attributions_stance ON attributions (stance);
CREATE INDEX attributions_status ON attributions (status);
CREATE INDEX attribution_via_agent ON attribution_via (agent);
CREATE INDEX attribution_evidence_evidence ON attribution_evidence (evidence);
CREATE INDEX evidence_claim ON evidence (claim);
CREATE INDEX evidence_source ON evidence (source);
CREATE INDEX evidence_relation ON evidence (relation);
CREATE INDEX reviews_reviewer ON reviews (reviewer);
CREATE INDEX reviews_status ON reviews (status);
CREATE INDEX reviews_decided ON reviews (decided DESC, as_of DESC, claim, number DESC);
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
INSERT INTO claims_fts (claims_fts) VALUES ('rebuild');
INSERT INTO evidence_fts (evidence_fts) VALUES ('rebuild');
INSERT INTO reviews_fts (reviews_fts) VALUES ('rebuild');

-- Each claim with names in place of ids, and its current verdict.
CREATE VIEW claim_overview AS
SELECT
  claims.id,
  articles.headline AS article,
  claims.statement,
  claims.kind,
  claims.status,
  latest.accuracy,
  latest.confidence,
  latest.as_of,
  latest.decided,
  agents.name AS speaker,
  attributions.mode,
  attributions.said,
  attributions.stance,
  attributions.status AS attribution_status,
  latest.rationale,
  claims.withdrawn
FROM claims
JOIN articles ON articles.id = claims.article
JOIN attributions ON attributions.claim = claims.id
LEFT JOIN agents ON agents.id = attributions.speaker
LEFT JOIN reviews AS latest
  ON latest.claim = claims.id
  AND latest.number = (SELECT max(number) FROM reviews WHERE reviews.claim = claims.id)
ORDER BY claims.article, claims.number;

-- Each verdict with the time for which it speaks: from its as_of up to, and not including, that of the next one.
-- The verdict as of a date is the row with valid_from <= date and (valid_until is null or date < valid_until).
CREATE VIEW verdict_periods AS
SELECT
  reviews.claim,
  claims.article,
  claims.statement,
  reviews.id AS review,
  reviews.status,
  reviews.accuracy,
  reviews.as_of AS valid_from,
  (
    SELECT min(later.as_of) FROM reviews AS later
    WHERE later.claim = reviews.claim AND (later.as_of, later.number) > (reviews.as_of, reviews.number)
  ) AS valid_until,
  reviews.decided
FROM reviews
JOIN claims ON claims.id = reviews.claim
ORDER BY reviews.claim, reviews.number;

-- How many claims of each speaker have each status, and of how many in all; those that were withdrawn do not count.
CREATE VIEW speaker_statuses AS
SELECT
  coalesce(attributions.speaker, 'narrator') AS speaker,
  coalesce(agents.name, 'the article itself') AS name,
  claims.status,
  count(*) AS claims,
  sum(count(*)) OVER (PARTITION BY attributions.speaker) AS of_claims
FROM claims
JOIN attributions ON attributions.claim = claims.id
LEFT JOIN agents ON agents.id = attributions.speaker
WHERE claims.withdrawn IS NULL
GROUP BY attributions.speaker, claims.status
ORDER BY of_claims DESC, speaker, claims DESC;

-- How much of each paragraph claims and exclusions account for, each character counted once.
-- A claim that was withdrawn accounts for nothing.
CREATE VIEW paragraph_coverage AS
WITH standing AS (
  SELECT anchors.* FROM anchors
  JOIN claims ON claims.id = anchors.claim AND claims.withdrawn IS NULL
),
ranges AS (
  SELECT article, paragraph, "start", "end" FROM standing
  UNION ALL
  SELECT article, paragraph, "start", "end" FROM exclusions
),
reaching AS (
  SELECT *, max("end") OVER (
    PARTITION BY article, paragraph ORDER BY "start", "end"
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS reached
  FROM ranges
),
sums AS (
  SELECT article, paragraph, sum(max(0, "end" - max("start", coalesce(reached, 0)))) AS covered
  FROM reaching
  GROUP BY article, paragraph
)
SELECT
  paragraphs.article,
  paragraphs.number AS paragraph,
  paragraphs.role,
  paragraphs.characters,
  coalesce(sums.covered, 0) AS covered,
  round(100.0 * coalesce(sums.covered, 0) / paragraphs.characters, 1) AS percent,
  (
    SELECT count(DISTINCT standing.claim) FROM standing
    WHERE standing.article = paragraphs.article AND standing.paragraph = paragraphs.number
  ) AS claims
FROM paragraphs
LEFT JOIN sums ON sums.article = paragraphs.article AND sums.paragraph = paragraphs.number
ORDER BY paragraphs.article, paragraphs.number;

-- What each source was used for: claims, evidence items by relation, and verdicts that rest on it.
CREATE VIEW source_uses AS
SELECT
  sources.id AS source,
  sources.title,
  sources.publisher,
  sources.tier,
  sources.access,
  count(DISTINCT evidence.claim) AS claims,
  count(DISTINCT evidence.id) AS items,
  count(DISTINCT evidence.id) FILTER (WHERE evidence.relation = 'supports') AS supports,
  count(DISTINCT evidence.id) FILTER (WHERE evidence.relation = 'refutes') AS refutes,
  count(DISTINCT evidence.id) FILTER (WHERE evidence.relation = 'qualifies') AS qualifies,
  count(DISTINCT evidence.id) FILTER (WHERE evidence.relation = 'context') AS context,
  count(DISTINCT review_evidence.review) AS verdicts
FROM sources
LEFT JOIN evidence ON evidence.source = sources.id
LEFT JOIN review_evidence ON review_evidence.evidence = evidence.id
GROUP BY sources.id
ORDER BY claims DESC, sources.id;
