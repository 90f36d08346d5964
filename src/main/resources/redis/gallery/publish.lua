-- KEYS[1] content:image:{eventDraftId}
-- ARGV[1] time to live (ms)
-- ARGV[2] 1 to publish only if the draft has no unexpired image of the style, else 0
-- ARGV[3] now (ISO 8601)
-- ARGV[4] the latest plausible time at which a job was accepted (ms since 1970)
-- ARGV[5] the id of the job
-- ARGV[6] when the job was accepted (ms since 1970)
-- ARGV[7] the style
-- ARGV[8] the image
-- ARGV[9...] field, value, field, value, ...
-- returns 1 if the image was published, 0 if the draft keeps the one it has

-- Keeps an image of the same job or of a newer one. An unreadable image counts as none.
local found = redis.call('HGET', KEYS[1], ARGV[7])
local isReadable, image = pcall(cjson.decode, found or '')
if isReadable and type(image) == 'table' and type(image.imageUrl) == 'string'
        and type(image.expiresAt) == 'string' then
    local accepted = tonumber(image.jobCreatedAt) or 0
    if accepted > tonumber(ARGV[4]) then accepted = 0 end
    if image.jobId == ARGV[5] or accepted > tonumber(ARGV[6])
            or ARGV[2] == '1' and image.expiresAt > ARGV[3] then
        return 0
    end
end
redis.call('HSET', KEYS[1], unpack(ARGV, 7))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
