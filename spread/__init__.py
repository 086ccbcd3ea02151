"""Many notices on all cores of a machine, or of many machines.

| module | does |
|---|---|
| ``chunks`` | inputs → chunks of work, a few held at a time |
| ``work`` | a chunk → its records, wherever that is done |
| ``pool`` | chunks over processes, answers in order |
| ``run`` | one run of ``vindue parse`` |
| ``cluster``, ``cli`` | files → records on a cluster of an existing engine |
"""
