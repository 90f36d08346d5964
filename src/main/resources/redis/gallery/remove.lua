-- KEYS[1] content:image:{eventDraftId}
-- ARGV[1] the number n of styles that exist
-- ARGV[2...n+1] all styles
-- ARGV[n+2...] the styles to remove
-- returns the removed images in the order of the styles to remove, nil for a style without one

-- With the last image the recommendation goes, which only serves to regenerate images, and with it the key, unless the
-- links of replaced images still work. A key of another type is deleted at once.
local all = tonumber(ARGV[1])
local type = redis.call('TYPE', KEYS[1]).ok
if type ~= 'hash' then
    redis.call('DEL', KEYS[1])
    return {}
end
local removed = redis.call('HMGET', KEYS[1], unpack(ARGV, all + 2))
redis.call('HDEL', KEYS[1], unpack(ARGV, all + 2))
for _, left in ipairs(redis.call('HMGET', KEYS[1], unpack(ARGV, 2, all + 1))) do
    if left then return removed end
end
redis.call('HDEL', KEYS[1], 'recommendation')
if redis.call('HEXISTS', KEYS[1], 'replaced') == 0 then redis.call('DEL', KEYS[1]) end
return removed
