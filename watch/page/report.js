"use strict";
(() => {
  const DAY = 86400000;
  const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const WORST = ["outage", "unstated", "degraded"];
  const CALLED_OFF = ["cancelled", "postponed", "duplicate"];
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const articles = [...document.querySelectorAll("article")];
  const fields = ["system", "channel", "environment", "status", "from", "to", "words"];
  const texts = new Map();

  // Times are milliseconds of the notices' wall clock as if it were UTC.
  const lastOf = (bar) =>
    bar.end === null
      ? bar.start + DAY
      : Math.max(bar.end, bar.planned_end ?? 0, bar.actual_end ?? 0, bar.start + 1);
  const firstOf = (bar) => Math.min(bar.start, bar.planned_start ?? bar.start);
  const dayOf = (at) => Math.floor(at / DAY) * DAY;
  const iso = (at) => new Date(at).toISOString().slice(0, 10);
  const monthStart = (at, step = 0) => {
    const date = new Date(at);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + step, 1);
  };
  const yearStart = (at, step = 0) => Date.UTC(new Date(at).getUTCFullYear() + step, 0, 1);

  function wallClock() {
    const parts = new Intl.DateTimeFormat("en-CA", {
      timeZone: data.timezone, hourCycle: "h23", year: "numeric", month: "2-digit",
      day: "2-digit", hour: "2-digit", minute: "2-digit",
    }).formatToParts(new Date());
    const at = Object.fromEntries(parts.map((part) => [part.type, part.value]));
    return Date.parse(`${at.year}-${at.month}-${at.day}T${at.hour}:${at.minute}Z`);
  }

  function dayText(at) {
    const date = new Date(at);
    return `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  }
  const clockText = (at) => new Date(at).toISOString().slice(11, 16);
  const timeText = (at) => `${dayText(at)} ${clockText(at)}`;
  function spanText(start, end) {
    if (end === null) return `${timeText(start)} until further notice`;
    return `${timeText(start)} – ${dayOf(start) === dayOf(end) ? clockText(end) : timeText(end)}`;
  }

  const now = wallClock();
  const whole = {
    from: data.bars.length ? dayOf(Math.min(...data.bars.map(firstOf))) : dayOf(now),
    to: data.bars.length ? dayOf(Math.max(...data.bars.map(lastOf)) - 1) + DAY : dayOf(now) + DAY,
  };

  function state() {
    const found = Object.fromEntries(fields.map((name) => [name, byId(name).value]));
    found.low = found.from ? Date.parse(`${found.from}T00:00Z`) : whole.from;
    found.high = found.to ? Date.parse(`${found.to}T00:00Z`) + DAY : whole.to;
    found.bounded = Boolean(found.from || found.to);
    found.terms = found.words.toLowerCase().split(/\s+/).filter(Boolean);
    return found;
  }

  // Both ends: half-open periods in milliseconds; the fields show the last day itself.
  function setPeriod(low, high) {
    byId("from").value = iso(low);
    byId("to").value = iso(high - DAY);
  }

  function levelOf(bar, system, channel) {
    const ways = bar.ways[system];
    if (channel) return ways[channel] ?? ways.any ?? null;
    // A closed connection to another system is no outage of this one.
    const found = Object.entries(ways).map(([way, level]) =>
      way === "connection" && level === "outage" ? "degraded" : level);
    return WORST.find((level) => found.includes(level)) ?? "none";
  }

  function systemsOf(bar, wanted) {
    const ids = wanted.system ? [wanted.system] : Object.keys(bar.ways);
    return ids.filter((id) => bar.ways[id] && levelOf(bar, id, wanted.channel) !== null);
  }

  function cardFits(index, wanted) {
    const card = data.cards[index];
    if (wanted.environment && !card.environments.includes(wanted.environment)) return false;
    if (!wanted.terms.length) return true;
    if (!texts.has(index)) texts.set(index, articles[index].textContent.toLowerCase());
    return wanted.terms.every((term) => texts.get(index).includes(term));
  }

  function barFits(bar, wanted) {
    if (wanted.status && bar.status !== wanted.status) return false;
    return firstOf(bar) < wanted.high && lastOf(bar) > wanted.low;
  }

  // A notice without a window is found by its day of publication.
  function windowlessFits(card, wanted) {
    if (wanted.channel || (wanted.status && card.status !== wanted.status)) return false;
    if (wanted.system && !card.systems.includes(wanted.system)) return false;
    if (!wanted.bounded) return true;
    const at = card.published ? Date.parse(`${card.published}T00:00Z`) : NaN;
    return at >= wanted.low && at < wanted.high;
  }

  const hasBars = new Set(data.bars.map((bar) => bar.card));

  function update() {
    const wanted = state();
    const fitting = new Set(data.cards.map((_, index) => index).filter((index) => cardFits(index, wanted)));
    const rows = new Map();
    const shown = new Set();
    for (const bar of data.bars) {
      if (!fitting.has(bar.card) || !barFits(bar, wanted)) continue;
      const systems = systemsOf(bar, wanted);
      if (systems.length || !(wanted.system || wanted.channel)) shown.add(bar.card);
      for (const id of systems) rows.set(id, [...(rows.get(id) ?? []), bar]);
    }
    articles.forEach((article, index) => {
      const alone = !hasBars.has(index) && windowlessFits(data.cards[index], wanted);
      article.hidden = !(fitting.has(index) && (shown.has(index) || alone));
    });
    const count = articles.filter((article) => !article.hidden).length;
    byId("count").textContent = `${count} of ${articles.length} notices`;
    byId("period").textContent = `${dayText(wanted.low)} – ${dayText(wanted.high - DAY)}`;
    drawRows(rows, wanted);
    drawAxis(wanted);
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function place(node, low, high, outer) {
    const size = outer.high - outer.low;
    const first = Math.max(low, outer.low);
    node.style.left = `${((first - outer.low) / size) * 100}%`;
    node.style.width = `${((Math.min(high, outer.high) - first) / size) * 100}%`;
  }

  function drawRows(rows, wanted) {
    const list = byId("rows");
    list.replaceChildren();
    for (const id of Object.keys(data.names)) {
      if (!rows.has(id)) continue;
      const row = element("li");
      row.append(element("span", "name", data.names[id]), drawLane(id, rows.get(id), wanted));
      list.append(row);
    }
    byId("nothing").hidden = rows.size > 0;
    const first = list.querySelector(".bar");
    if (first) first.tabIndex = 0;
  }

  function drawLane(id, bars, wanted) {
    const lane = element("ul", "lane");
    const ends = [];
    const least = (wanted.high - wanted.low) / 100;
    for (const bar of [...bars].sort((a, b) => firstOf(a) - firstOf(b))) {
      let level = ends.findIndex((end) => end <= firstOf(bar));
      if (level < 0) level = ends.length;
      ends[level] = Math.max(lastOf(bar), firstOf(bar) + least);
      const item = element("li");
      place(item, firstOf(bar), lastOf(bar), wanted);
      item.style.top = `calc(${level} * var(--lane))`;
      item.append(drawBar(id, bar, wanted));
      lane.append(item);
    }
    lane.style.height = `calc(${ends.length} * var(--lane))`;
    return lane;
  }

  function drawBar(id, bar, wanted) {
    const off = CALLED_OFF.includes(bar.status);
    const level = levelOf(bar, id, wanted.channel);
    const link = element("a", `bar ${level}${off ? " off" : ""}${bar.open ? " open" : ""}`);
    link.href = `#${articles[bar.card].id}`;
    link.tabIndex = -1;
    link.setAttribute("aria-label", barText(id, bar, level));
    link.title = link.getAttribute("aria-label");
    const outer = { low: Math.max(firstOf(bar), wanted.low), high: Math.min(lastOf(bar), wanted.high) };
    const told = element("span", "told");
    place(told, bar.start, bar.actual_end ?? bar.end ?? lastOf(bar), outer);
    link.append(told);
    const planned = bar.planned_end ?? bar.end;
    const apart = bar.planned_start !== bar.start || planned !== (bar.actual_end ?? bar.end);
    if (bar.planned_start !== null && planned !== null && apart) {
      const plan = element("span", "plan");
      place(plan, bar.planned_start, planned, outer);
      link.append(plan);
    }
    return link;
  }

  function barText(id, bar, level) {
    const ways = Object.entries(bar.ways[id]).filter((pair) => pair[0] !== "any");
    const effects = ways.length
      ? ways.map(([way, what]) => `${way} ${what}`).join(", ")
      : level === "none" ? "not affected" : "effect not stated";
    const parts = [`${data.names[id]}: ${spanText(bar.start, bar.end)}`, bar.status, effects];
    if (bar.planned_start !== null && (bar.planned_start !== bar.start || bar.planned_end !== bar.end)) {
      parts.push(`planned ${spanText(bar.planned_start, bar.planned_end)}`);
    }
    if (bar.actual_end !== null) parts.push(`ended ${timeText(bar.actual_end)}`);
    return parts.join("; ");
  }

  function ticks(low, high) {
    const found = [];
    const days = (high - low) / DAY;
    if (days <= 62) {
      const step = days <= 10 ? 1 : 7;
      // 1970-01-05 was a Monday.
      let at = step === 7 ? low + ((((4 * DAY - low) / DAY) % 7) + 7) % 7 * DAY : low;
      for (; at < high; at += step * DAY) found.push([at, `${DAYS[new Date(at).getUTCDay()]} ${new Date(at).getUTCDate()}`]);
      return found;
    }
    const step = days <= 400 ? 1 : days <= 1200 ? 3 : 12;
    for (let at = yearStart(low); at < high; at = monthStart(at, step)) {
      const date = new Date(at);
      const text = date.getUTCMonth() ? MONTHS[date.getUTCMonth()] : String(date.getUTCFullYear());
      if (at >= low) found.push([at, text]);
    }
    return found;
  }

  function drawAxis(wanted) {
    const axis = byId("axis");
    const size = wanted.high - wanted.low;
    const marks = ticks(wanted.low, wanted.high).map(([at, text]) => [at, text, "tick"]);
    if (now >= wanted.low && now < wanted.high) marks.push([now, "now", "tick now"]);
    axis.replaceChildren(...marks.map(([at, text, className]) => {
      const tick = element("span", className, text);
      tick.style.left = `${((at - wanted.low) / size) * 100}%`;
      return tick;
    }));
  }

  function shift(step) {
    const { low, high, bounded } = state();
    if (!bounded) return;
    if (low === monthStart(low) && high === monthStart(low, 1)) setPeriod(monthStart(low, step), monthStart(low, step + 1));
    else if (low === yearStart(low) && high === yearStart(low, 1)) setPeriod(yearStart(low, step), yearStart(low, step + 1));
    else setPeriod(low + step * (high - low), high + step * (high - low));
    update();
  }

  // The month or year of today, if today is in the period or there is no window in it yet.
  function zoom(start) {
    const { low, high, bounded } = state();
    const latest = Math.min(whole.to - DAY, Math.max(whole.from, now));
    const at = bounded && !(now >= low && now < high) ? low : latest;
    setPeriod(start(at), start(at, 1));
    update();
  }

  function wholePeriod() {
    byId("from").value = "";
    byId("to").value = "";
    update();
  }

  // One bar is in the tab order; the arrows move from bar to bar.
  function moveFrom(bar, key) {
    const row = bar.closest("#rows > li");
    const inRow = [...row.querySelectorAll(".bar")];
    const index = inRow.indexOf(bar);
    if (key === "ArrowLeft") return inRow[index - 1];
    if (key === "ArrowRight") return inRow[index + 1];
    if (key === "Home") return inRow[0];
    if (key === "End") return inRow[inRow.length - 1];
    const next = key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
    if (!next) return undefined;
    const middle = (node) => node.getBoundingClientRect().left;
    return [...next.querySelectorAll(".bar")].sort(
      (a, b) => Math.abs(middle(a) - middle(bar)) - Math.abs(middle(b) - middle(bar)))[0];
  }

  function onKey(event) {
    const bar = event.target.closest(".bar");
    if (!bar || !["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const next = moveFrom(bar, event.key);
    if (!next) return;
    bar.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  function openCard(event) {
    const bar = event.target.closest(".bar");
    if (!bar) return;
    event.preventDefault();
    const id = bar.getAttribute("href").slice(1);
    location.hash = id;
    byId(`${id}-title`).focus();
  }

  function light(button) {
    const article = button.closest("article");
    const on = button.getAttribute("aria-pressed") !== "true";
    for (const other of article.querySelectorAll("[aria-pressed=true]")) other.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", String(on));
    let first = null;
    for (const mark of article.querySelectorAll("mark")) {
      const lit = on && mark.dataset.marks.split(" ").includes(button.dataset.mark);
      mark.classList.toggle("lit", lit);
      first ??= lit ? mark : null;
    }
    if (first) first.scrollIntoView({ block: "nearest" });
  }

  function showTarget() {
    const target = location.hash && byId(location.hash.slice(1));
    if (!target || !target.hidden) return;
    byId("filters").reset();
    wholePeriod();
    target.scrollIntoView();
  }

  let waiting = 0;
  byId("filters").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 60);
  });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => setTimeout(update, 0));
  byId("earlier").addEventListener("click", () => shift(-1));
  byId("later").addEventListener("click", () => shift(1));
  byId("month").addEventListener("click", () => zoom(monthStart));
  byId("year").addEventListener("click", () => zoom(yearStart));
  byId("all").addEventListener("click", wholePeriod);
  byId("theme").addEventListener("input", (event) => { document.documentElement.dataset.theme = event.target.value; });
  byId("rows").addEventListener("keydown", onKey);
  byId("rows").addEventListener("click", openCard);
  byId("notices").addEventListener("click", (event) => {
    const button = event.target.closest("button[data-mark]");
    if (button) light(button);
  });
  addEventListener("hashchange", showTarget);

  for (const node of document.querySelectorAll(".needs-script")) node.hidden = false;
  if (matchMedia("(max-width: 40rem)").matches) byId("filter-box").open = false;
  zoom(monthStart);
  showTarget();
  document.documentElement.dataset.ready = "yes";
})();
