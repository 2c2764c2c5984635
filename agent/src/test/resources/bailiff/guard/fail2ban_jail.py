# What the installed fail2ban's own FailManager, BanManager and observer make of failures, in the failures' time.
# Reads one stream a line, as JSON: {"jails": [{option: value}, ...], "cleanup": bool, "failures": [[us, id, jail], ...]}.
# Writes what happened, a JSON list a line: ["ban", id, jail, start, bantime, bancount] or ["end", id, jail, end]. Times
# of failures are microseconds, those that are written milliseconds.
import json, logging, sys, unittest.mock

logging.disable(logging.CRITICAL)
from fail2ban.server.banmanager import BanManager
from fail2ban.server.database import Fail2BanDb
from fail2ban.server.failmanager import FailManager, FailManagerEmpty
from fail2ban.server.jail import Jail
from fail2ban.server.mytime import MyTime
from fail2ban.server.observer import ObserverThread
from fail2ban.server.ticket import BanTicket, FailTicket


class Actions:
    def __init__(self, manager):
        self.banManager = manager

    def getBanTime(self):
        return self.banManager.getBanTime()


class Filter:
    """The two things that the observer asks of a filter."""

    def __init__(self, jail, manager):
        self.jail, self.failManager = jail, manager

    def performBan(self, id):
        try:
            self.jail.tickets.append(self.failManager.toBan(id))
        except FailManagerEmpty:
            pass


class LoneJail(Jail):
    """A jail without threads, log or actions."""

    def __init__(self, name, options, db):
        super().__init__(name, None, db)
        self.tickets = []
        self.fails, self.bans = FailManager(), BanManager()
        self.fails.setMaxRetry(options['maxretry'])
        self.fails.setMaxTime(options['findtime'])
        self.bans.setBanTime(options['bantime'])
        self._Jail__filter, self._Jail__actions = Filter(self, self.fails), Actions(self.bans)
        for option, value in options.get('increment', {}).items():
            self.setBanTimeExtra(option, value)

    def isAlive(self):
        return True


def ms(seconds):
    return -1 if seconds == -1 else round(seconds * 1000)


def run(stream):
    happened = []
    db = Fail2BanDb(':memory:') if any('increment' in options for options in stream['jails']) else None
    jails = [LoneJail('jail%d' % i, options, db) for i, options in enumerate(stream['jails'])]
    observer = ObserverThread()
    observer.add_timer = lambda *_: None
    for jail in jails:
        if db is not None:
            db.addJail(jail)

    def end(ticket, jail, number):
        happened.append(['end', str(ticket.getID()), number, ms(ticket.getEndOfBanTime(jail.bans.getBanTime()))])

    def ban(jail, number):
        while jail.tickets:
            ticket = BanTicket.wrap(jail.tickets.pop(0))
            if jail.bans.addBanTicket(ticket, {}):
                observer.banFound(ticket, jail, jail.bans.getBanTime())
                happened.append(['ban', str(ticket.getID()), number, ms(ticket.getTime()),
                                 ms(ticket.getBanTime(jail.bans.getBanTime())), ticket.getBanCount()])

    for us, id, number in stream['failures']:
        # As fail2ban makes it of the text of a line.
        time = us // 1000000 + us % 1000000 / 1000000.0 if us % 1000000 else us // 1000000
        MyTime.setTime(time)
        jail = jails[number]
        for i, other in enumerate(jails):
            for ticket in other.bans.unBanList(time):
                end(ticket, other, i)
        if stream['cleanup']:
            jail.fails.cleanup(time)
        ticket = FailTicket(id, time)
        if jail.fails.addFailure(ticket) >= jail.fails.getMaxRetry():
            jail.filter.performBan(id)
        if db is not None:
            observer.failureFound(jail, ticket)
        ban(jail, number)
    MyTime.setTime(None)
    return happened


print('ready', flush=True)
for line in sys.stdin:
    with unittest.mock.patch('random.random', lambda: 0.5):
        print(json.dumps(run(json.loads(line))), flush=True)
