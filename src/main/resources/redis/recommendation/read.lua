-- KEYS[1] ai:event:{eventDraftId}
-- ARGV[1] the most fields that the hash may have
-- ARGV[2] the most bytes that all names and values may have together
-- returns the whole hash, nil if it is larger

if redis.call('HLEN', KEYS[1]) > tonumber(ARGV[1]) then return false end
local size = 0
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
    size = size + #field + redis.call('HSTRLEN', KEYS[1], field)
end
if size > tonumber(ARGV[2]) then return false end
return redis.call('HGETALL', KEYS[1])
