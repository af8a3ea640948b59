//! What Redis does in one go: no other process sees, or leaves behind, half of it.

use ::redis::Script;

/// Whether those before an update in its line are this process's own, or gone.
const LINE: &str = r"
local function is_next(held, line, id, me)
    for _, other in ipairs(redis.call('LRANGE', line, 0, -1)) do
        if other == id then return 1 end
        local holder = redis.call('HGET', held, other)
        if not holder then
            redis.call('LREM', line, 1, other)
        elseif string.sub(holder, 1, #me) ~= me then
            return 2
        end
    end
    return 1
end
";

/// 0: known; 1: taken in, and its turn; 2: taken in, and behind another process's.
/// A holder that is already the very one: the answer to the first attempt was lost on the way.
const TAKE_IN: &str = r"
local inbox, held, done, line = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, json, me, holder = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if redis.call('ZSCORE', done, id) then return 0 end
if redis.call('HGET', held, id) ~= holder then
    if redis.call('HEXISTS', inbox, id) == 1 then return 0 end
    redis.call('HSET', inbox, id, json)
    redis.call('HSET', held, id, holder)
    redis.call('RPUSH', line, id)
    redis.call('EXPIRE', line, 3600)
end
return is_next(held, line, id, me)
";

const IS_NEXT: &str = "return is_next(KEYS[1], KEYS[2], ARGV[1], ARGV[2])";

/// Out of its line, wherever that is.
const OUT: &str = r"
local function out(held, lines, id)
    local holder = redis.call('HGET', held, id)
    if not holder then return nil end
    local whose, line = string.match(holder, '^(.*):([^:]*)$')
    if line ~= '' then redis.call('LREM', lines .. line, 1, id) end
    return whose
end
";

const STEP_ASIDE: &str = r"
local whose = out(KEYS[1], ARGV[2], ARGV[1])
if whose then redis.call('HSET', KEYS[1], ARGV[1], whose .. ':') end
return 0
";

const DONE: &str = r"
local inbox, held, done, count = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id = ARGV[1]
if out(held, ARGV[2], id) then redis.call('HDEL', held, id) end
redis.call('HDEL', inbox, id)
redis.call('ZADD', done, redis.call('INCR', count), id)
redis.call('ZREMRANGEBYRANK', done, 0, -(tonumber(ARGV[3]) + 1))
return 0
";

/// Only what still waits: another process may have answered it meanwhile.
const REWRITE: &str = r"
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
return 0
";

/// Says that a process lives, and gives it what waits and is held by none that lives: number, JSON,
/// number, JSON. Nil while a backup is being restored.
const TEND: &str = r"
local inbox, held, loading, fetching = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local me, lease, alive, limit = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
if redis.call('EXISTS', loading) == 1 then return false end
redis.call('SET', alive .. me, '1', 'PX', lease)
if redis.call('GET', fetching) == me then redis.call('PEXPIRE', fetching, lease) end
local found = {}
if limit == 0 then return found end
local ids = redis.call('HKEYS', inbox)
table.sort(ids, function(a, b) return tonumber(a) < tonumber(b) end)
local lives = { [me] = 1 }
for _, id in ipairs(ids) do
    if #found >= 2 * limit then break end
    local holder = redis.call('HGET', held, id)
    local owner, line = nil, ''
    if holder then owner, line = string.match(holder, '^([^:]*):.*:([^:]*)$') end
    if owner and not lives[owner] then lives[owner] = redis.call('EXISTS', alive .. owner) end
    if not owner or lives[owner] == 0 then
        redis.call('HSET', held, id, me .. ':0:' .. line)
        found[#found + 1] = id
        found[#found + 1] = redis.call('HGET', inbox, id)
    end
end
return found
";

const LEAVE: &str = r"
redis.call('DEL', KEYS[1])
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
return 0
";

const TALLY: &str = r"
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count
";

const LOG: &str = r"
local id = redis.call('INCR', KEYS[2])
redis.call('ZADD', KEYS[1], ARGV[1], string.format('%016x', id) .. ' ' .. ARGV[2])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[3])
return 0
";

/// Takes a field out if it still has this value.
const TAKE_OUT: &str = r"
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
return redis.call('HDEL', KEYS[1], ARGV[1])
";

/// The scripts, with the hashes that Redis knows them by.
pub struct Scripts {
    pub take_in: Script,
    pub is_next: Script,
    pub step_aside: Script,
    pub done: Script,
    pub rewrite: Script,
    pub tend: Script,
    pub leave: Script,
    pub tally: Script,
    pub log: Script,
    pub take_out: Script,
}

impl Scripts {
    pub fn new() -> Self {
        let with = |functions: &str, code: &str| Script::new(&[functions, code].concat());
        Self {
            take_in: with(LINE, TAKE_IN),
            is_next: with(LINE, IS_NEXT),
            step_aside: with(OUT, STEP_ASIDE),
            done: with(OUT, DONE),
            rewrite: Script::new(REWRITE),
            tend: Script::new(TEND),
            leave: Script::new(LEAVE),
            tally: Script::new(TALLY),
            log: Script::new(LOG),
            take_out: Script::new(TAKE_OUT),
        }
    }
}
