# Gives the bans of the installed fail2ban's own counter. Arguments: maxretry, findtime, bantime, and whether
# its periodic clean-up runs before every failure. Reads "SECOND ADDRESS" lines, writes the same for each ban.
import sys

from fail2ban.server.failmanager import FailManager, FailManagerEmpty
from fail2ban.server.ticket import FailTicket

maxretry, findtime, bantime, cleanup = map(int, sys.argv[1:])
manager = FailManager()
manager.setMaxRetry(maxretry)
manager.setMaxTime(findtime)
banned_until = {}
for line in sys.stdin:
    second, address = line.split()
    now = int(second)
    if cleanup:
        manager.cleanup(now)
    manager.addFailure(FailTicket(address, now))
    try:
        manager.toBan(address)
    except FailManagerEmpty:
        continue
    if banned_until.get(address, now) <= now:
        banned_until[address] = now + bantime
        print(now, address)
