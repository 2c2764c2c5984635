"""Prints how an installed fail2ban's filters are made, and its sample lines.

A line `filter NAME MAXLINES PREFREGEX DATEPATTERN FAILREGEX... / IGNOREREGEX...` for each filter and each mode that
changes it, and a line `line NAME TEXT` for each line of a filter's samples. All values but the first two are in
hexadecimal after an x. fail2ban_common.py stands in front of it.
"""

for path in sorted(glob.glob('/etc/fail2ban/filter.d/*.conf')):
    name = os.path.basename(path)[:-5]
    if name.endswith('common'):
        continue
    told = []
    for mode in 'normal', 'aggressive':
        found = options(name, {'mode': mode} if mode != 'normal' else {})
        words = (found['maxlines'], code(found['prefregex']), code(found['datepattern']),
                 *map(code, found['addfailregex']), '/', *map(code, found['addignoreregex']))
        unknown = any('<mdre-' in text for text in found['addfailregex'])
        if words not in told and found['addfailregex'] and not unknown:
            print('filter', name, *words)
            told.append(words)
for path in sorted(glob.glob(SAMPLES + '/*')):
    if os.path.isfile(path):
        for line in samples(path):
            print('line', os.path.basename(path), code(line))
