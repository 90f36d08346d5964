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

-- In bytes; enough for more than 10,000 images.
local LONGEST_REPLACED = 1000000

local function decoded(text)
    local is_readable, value = pcall(cjson.decode, text or '')
    return is_readable and type(value) == 'table' and value or nil
end

-- An unreadable image counts as none.
local function image(value)
    return type(value) == 'table' and type(value.imageUrl) == 'string' and type(value.expiresAt) == 'string' and value
        or nil
end

-- Keeps an image of the same job or of a newer one.
local function is_kept(present)
    local accepted = tonumber(present.jobCreatedAt) or 0
    if accepted > tonumber(ARGV[4]) then accepted = 0 end
    return present.jobId == ARGV[5] or accepted > tonumber(ARGV[6])
        or ARGV[2] == '1' and present.expiresAt > ARGV[3]
end

-- Images that the draft has no longer and whose links, which clients have, still work. They are appended as lines: to
-- decode and encode thousands as JSON takes tens of milliseconds.
local lost = {}
local function remember(image)
    local file = image and image.expiresAt > ARGV[3] and image.imageUrl:match('[^/%s]+$')
    if file then lost[#lost + 1] = image.expiresAt .. ' ' .. file .. '\n' end
end

-- Drops the oldest lines, up to the first one that has not expired.
local function replaced(earlier)
    local lines, start = earlier .. table.concat(lost), 1
    while start <= #lines and (#lines - start >= LONGEST_REPLACED or lines:match('^%S*', start) <= ARGV[3]) do
        start = lines:find('\n', start, true) + 1
    end
    return lines:sub(start)
end

local asked = {}
for i = 8, #ARGV, 2 do asked[#asked + 1] = ARGV[i] end
local styles = #asked
asked[styles + 1] = 'replaced'
local found = redis.call('HMGET', KEYS[1], unpack(asked))
local fields = {}
for i = 1, styles do
    local present, arrived = image(decoded(found[i])), ARGV[7 + 2 * i]
    if not (present and is_kept(present)) then
        fields[#fields + 1] = asked[i]
        fields[#fields + 1] = arrived
        remember(present)
    elseif ARGV[2] == '0' then
        -- The same job has a second image if its first attempt to store one timed out and arrived nevertheless.
        local late = image(decoded(arrived))
        if late and late.imageUrl ~= present.imageUrl then remember(late) end
    end
end
local published = #fields / 2
if published > 0 then
    fields[#fields + 1] = 'recommendation'
    fields[#fields + 1] = ARGV[7]
end
if #lost > 0 then
    fields[#fields + 1] = 'replaced'
    fields[#fields + 1] = replaced(found[styles + 1] or '')
end
if #fields == 0 then return 0 end
redis.call('HSET', KEYS[1], unpack(fields))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return published
