-- POST generate, each request for another draft: ARGS number of the first draft
dofile(debug.getinfo(1, 'S').source:match('@(.*/)') .. 'result.lua')

local next_draft
local head = 'POST /api/content/images/bench-'
local tail = '/generate HTTP/1.1\r\nHost: bench\r\nContent-Length: 0\r\n\r\n'

function init(args)
    next_draft = tonumber(args[1])
end

function request()
    next_draft = next_draft + 1
    return head .. next_draft - 1 .. tail
end
