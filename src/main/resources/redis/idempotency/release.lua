-- KEYS[1] content:idempotency:{key}
-- ARGV[1] the attempt that holds the key
-- ARGV[2] '1' if it began nothing, so that the entry can go; else '0'
-- returns 1 if the key is free for the next attempt; 0, having changed nothing, if another attempt holds the key or the
-- returns response is known
local isJson, entry = pcall(cjson.decode, redis.pcall('GET', KEYS[1]))
if not isJson or type(entry) ~= 'table' or entry.holder ~= ARGV[1] then return 0 end
if ARGV[2] == '1' then return redis.call('DEL', KEYS[1]) end
entry.heldUntil = 0
redis.call('SET', KEYS[1], cjson.encode(entry), 'KEEPTTL')
return 1
