-- How many of the claims that have something in common have each status, and each status of their attribution.
SELECT status, attribution_status, claims FROM claim_counts WHERE part = :part AND id = :id;
