"""What changed, what is down, and what the years add up to.

| file          | from → to                                                     |
|---------------|---------------------------------------------------------------|
| `captures`    | a file, a page, records or a store → notices as seen          |
| `align`       | two lists of things without ids → which is which              |
| `diff`        | two captures → changes                                        |
| `match`       | two captures → which notice is which                          |
| `told`        | changes → lines for people                                    |
| `fetch`       | a URL or a file → bytes, within limits                        |
| `doubt`       | a capture and what was known → believe it, or look again      |
| `store`       | SQLite → notices as seen, every version                       |
| `keep`        | notices as seen → SQLite, and what changed                    |
| `outbox`      | changes → SQLite, until they are sent                         |
| `sinks`       | changes → standard output or a file                           |
| `watcher`     | all of these, again and again                                 |
| `intervals`   | arithmetic of half-open intervals                             |
| `downtime`    | a record → which system is down, on which channel, when       |
| `stats`       | records → hours, extensions, punctuality                      |
| `now`         | records and a time → what is down, what comes next            |
| `evidence`    | a notice as seen → its text in marked pieces                  |
| `report`      | notices as seen → one HTML page                               |
"""
