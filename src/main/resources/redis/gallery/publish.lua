-- KEYS[1] content:image:{eventDraftId}
-- ARGV[1] time to live (ms)
-- ARGV[2] 1 to publish only where the draft has no unexpired image of the style, else 0
-- ARGV[3] now (ISO 8601)
-- ARGV[4] the latest plausible time at which a job was accepted (ms since 1970)
-- ARGV[5] the id of the job
-- ARGV[6] when the job was accepted (ms since 1970)
-- ARGV[7] the recommendation
-- ARGV[8...] style, image, style, image, ...
-- returns the number of images published; for the other styles the draft keeps the one it has

-- Keeps an image of the same job or of a newer one. An unreadable image counts as none.
local function is_kept(found)
    local is_readable, image = pcall(cjson.decode, found or '')
    if not is_readable or type(image) ~= 'table' or type(image.imageUrl) ~= 'string'
            or type(image.expiresAt) ~= 'string' then
        return false
    end
    local accepted = tonumber(image.jobCreatedAt) or 0
    if accepted > tonumber(ARGV[4]) then accepted = 0 end
    return image.jobId == ARGV[5] or accepted > tonumber(ARGV[6])
        or ARGV[2] == '1' and image.expiresAt > ARGV[3]
end

local styles = {}
for i = 8, #ARGV, 2 do styles[#styles + 1] = ARGV[i] end
local found = redis.call('HMGET', KEYS[1], unpack(styles))
local fields = {'recommendation', ARGV[7]}
for i, style in ipairs(styles) do
    if not is_kept(found[i]) then
        fields[#fields + 1] = style
        fields[#fields + 1] = ARGV[7 + 2 * i]
    end
end
if #fields == 2 then return 0 end
redis.call('HSET', KEYS[1], unpack(fields))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return #fields / 2 - 1
