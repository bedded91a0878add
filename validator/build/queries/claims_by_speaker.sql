-- Claims by speaker and status
-- How many claims of each speaker have each status, and of how many; counts of what is recorded here, not a score.
SELECT speaker, name, status, claims, of_claims
FROM speaker_statuses
ORDER BY of_claims DESC, speaker, claims DESC;
