'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const metrics = Object.fromEntries(data.metrics.map(metric => [metric.name, metric]));
  const MOST_CPUS = 8;
  const MOST_NAMES = 16;
  const charts = [];

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const FONT = 'system-ui, "Segoe UI", "DejaVu Sans", sans-serif';

  function element(parent, tag, text, className) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    parent.append(made);
    return made;
  }

  function text(metric, value) {
    if (value === undefined) return '–';
    switch (metric.unit) {
      case 'share': return (100 * value).toFixed(1) + ' %';
      case 'per packet': return value.toFixed(4);
      case 'ratio': return value.toFixed(3);
      case 'mean': return value.toFixed(1);
      default: return Math.round(value).toLocaleString('en');
    }
  }

  function draw(box, options) {
    charts.push({box, options, chart: null});
  }

  function paint() {
    for (const drawn of charts) {
      if (drawn.chart) drawn.chart.dispose();
      drawn.chart = echarts.init(drawn.box, null, {renderer: 'svg'});
      drawn.chart.setOption({
        animation: false,
        backgroundColor: 'transparent',
        textStyle: {color: colour('ink'), fontFamily: FONT, fontSize: 16},
        ...drawn.options(),
      });
    }
  }

  function axis(name, more = {}) {
    return {
      name, nameLocation: 'middle', nameTextStyle: {color: colour('ink'), fontSize: 16},
      axisLabel: {color: colour('ink'), fontSize: 14, hideOverlap: true},
      axisLine: {show: true, lineStyle: {color: colour('faint')}},
      splitLine: {lineStyle: {color: colour('line')}},
      ...more,
    };
  }

  function tooltip(formatter) {
    return {
      confine: true, backgroundColor: colour('panel'), borderColor: colour('line'),
      textStyle: {color: colour('ink'), fontSize: 15}, formatter,
    };
  }

  /* ---- contacts and single calls against heads that lie idle ---- */

  function points(workload) {
    const made = [];
    for (const run of workload.runs) {
      const {contacts, singles, idleMean} = run.values;
      if (contacts === undefined || idleMean === undefined) continue;
      const x = idleMean, y = contacts + singles;
      const twin = made.find(point => Math.abs(point.x - x) <= 0.001 * x && Math.abs(point.y - y) <= 0.001 * y);
      if (twin) twin.names.push(run.policy);
      else made.push({x, y, names: [run.policy]});
    }
    for (const point of made) {
      point.best = !made.some(other => other !== point && other.x <= point.x && other.y <= point.y);
    }
    return made.sort((a, b) => a.x - b.x);
  }

  function pareto(parent, workload) {
    const made = points(workload);
    if (made.length < 2) return;
    element(parent, 'h3', 'What is kept, and what it saves');
    element(parent, 'p', 'To the left, few heads lie idle; at the bottom, CPUs seldom call on the slab, a depot or one '
      + 'another for heads. Marked are the policies that no other beats in both.', 'say');
    const named = made.length <= MOST_NAMES;
    draw(element(parent, 'div', undefined, 'wide'), () => ({
      grid: {left: 95, right: 150, top: 100, bottom: 70},
      tooltip: tooltip(at => at.data.names
        ? at.data.names.join('<br>') + `<br>${at.data.value[0].toFixed(1)} idle, ${at.data.value[1].toFixed(4)} calls`
        : ''),
      xAxis: axis('heads out of the slab that nobody uses, mean of the run', {type: 'value', nameGap: 38, min: 0}),
      yAxis: axis('contacts and single calls for each packet', {
        type: 'log', nameGap: 68, axisLabel: {color: colour('ink'), fontSize: 14, formatter: value => String(value)},
      }),
      series: [{
        type: 'line', silent: true, symbol: 'none', step: 'end', z: 1, lineStyle: {color: colour('mark'), width: 2, type: 'dashed'},
        data: made.filter(point => point.best).map(point => [point.x, Math.max(point.y, 1e-5)]),
      }, {
        type: 'scatter', symbolSize: 16, z: 5,
        data: made.map(point => ({
          value: [point.x, Math.max(point.y, 1e-5)], names: point.names,
          itemStyle: {color: colour(point.best ? 'mark' : 'dim'), opacity: 1},
          label: {
            show: named || point.best, position: [14, 0], rotate: 28, align: 'left', verticalAlign: 'bottom',
            fontSize: 16, lineHeight: 18, fontWeight: point.best ? 'bold' : 'normal', color: colour('ink'),
            formatter: point.names.join('\n'),
          },
        })),
      }],
    }));
  }

  /* ---- what each cache held ---- */

  function occupancies(parent, workload) {
    const runs = workload.runs.filter(run => run.occupancy && run.occupancy.cpus.some(cpu => cpu.high.some(high => high > 0)));
    if (runs.length === 0) return;
    const shown = Math.min(workload.cpus, MOST_CPUS);
    const first = runs[0].occupancy.cpus[0].first.length;
    element(parent, 'h3', 'What each cache held');
    const say = element(parent, 'p', `Left, heads after each of the first ${first} gets and puts of the whole machine. Right, `
      + 'the whole run, from the fewest heads to the most in each span: a tall band is a cache that was filled and emptied '
      + 'within the span.', 'say');
    for (let cpu = 0; cpu < shown; cpu++) {
      element(say, 'span', undefined, 'key').style.background = `var(--cpu-${cpu})`;
      say.append('cpu-' + cpu);
    }
    if (shown < workload.cpus) say.append(`; the other ${workload.cpus - shown} CPUs are not drawn`);
    const most = Math.max(...runs.flatMap(run => run.occupancy.cpus.flatMap(cpu => cpu.high)));
    const panels = element(parent, 'div', undefined, 'panels pairs');
    for (const run of runs) {
      const panel = element(panels, 'div', undefined, 'panel pair');
      element(panel, 'h4', run.policy);
      const cpus = run.occupancy.cpus.slice(0, shown);
      draw(element(panel, 'div'), () => levels(cpus.flatMap((cpu, index) => steps(cpu.first, colour('cpu-' + index))), 1,
        cpus[0].first.length, most));
      draw(element(panel, 'div'), () => levels(cpus.flatMap((cpu, index) => band(cpu, index)), run.occupancy.width,
        cpus[0].low.length, most));
    }
  }

  const LINE = {type: 'line', symbol: 'none', silent: true};

  function steps(heads, ink) {
    return [{...LINE, step: 'end', lineStyle: {color: ink, width: 2}, data: heads}];
  }

  function band(cpu, index) {
    const ink = colour('cpu-' + index);
    return [
      {...LINE, stack: 'cpu-' + index, lineStyle: {color: ink, width: 1.2}, data: cpu.low},
      {...LINE, stack: 'cpu-' + index, lineStyle: {color: ink, width: 1.2}, areaStyle: {color: ink, opacity: 0.3},
        data: cpu.high.map((high, span) => high - cpu.low[span])},
    ];
  }

  function levels(series, width, spans, most) {
    const step = [4, 8, 16, 32, 64].find(size => most <= 5 * size) || Math.ceil(most / 320) * 64;
    const round = nice(spans * width / 4);
    const marked = span => {
      const mark = Math.ceil(span * width / round) * round;
      return {shown: mark < (span + 1) * width, label: short(mark)};
    };
    const label = {color: colour('ink'), fontSize: 14, hideOverlap: true};
    return {
      grid: {left: 46, right: 26, top: 14, bottom: 32},
      xAxis: axis('', {
        type: 'category', boundaryGap: false, data: Array.from({length: spans}, (_, span) => marked(span).label),
        axisLabel: {...label, hideOverlap: false, interval: span => marked(span).shown}, axisTick: {show: false},
        splitLine: {show: false},
      }),
      yAxis: axis('', {type: 'value', min: 0, max: Math.ceil(most / step) * step, interval: step, axisLabel: label}),
      series,
    };
  }

  /** The next number above that is 1, 2 or 5 with zeros. */
  function nice(value) {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
    return [1, 2, 5, 10].map(digit => digit * power).find(round => round >= value);
  }

  function short(value) {
    return value >= 1e6 ? value / 1e6 + ' M' : value >= 1e3 ? value / 1e3 + ' k' : String(value);
  }

  /* ---- sweeps ---- */

  const SWEPT_FIGURES = ['contacts', 'hitRate', 'idleMean', 'cycles'];

  function sweeps(parent, workload) {
    const swept = Object.entries(data.sweep || {}).filter(([, values]) => values.length > 1);
    if (swept.length === 0) return;
    const [x, y, z] = swept.map(([name, values]) =>
      [name, values.filter(value => workload.runs.some(run => run.sweep[name] === value))]);
    const layers = z ? z[1].map(value => ({[z[0]]: value})) : [{}];
    for (const layer of layers) {
      const where = Object.entries(layer).map(([name, value]) => `, ${name} ${value}`).join('');
      element(parent, 'h3', y ? `${x[0]} and ${y[0]}${where}` : x[0]);
      const panels = element(parent, 'div', undefined, 'panels four');
      const runs = workload.runs.filter(run => Object.entries(layer).every(([name, value]) => run.sweep[name] === value));
      for (const name of SWEPT_FIGURES) {
        const panel = element(panels, 'div', undefined, 'panel large');
        element(panel, 'h4', metrics[name].column + ': ' + metrics[name].meaning);
        draw(element(panel, 'div'), () => (y ? heat(runs, x, y, metrics[name]) : line(runs, x, metrics[name])));
      }
    }
  }

  function heat(runs, [xName, xs], [yName, ys], metric) {
    const cells = runs.filter(run => run.values[metric.name] !== undefined).map(run => ({
      value: [xs.indexOf(run.sweep[xName]), ys.indexOf(run.sweep[yName]), run.values[metric.name]],
    }));
    const values = cells.map(cell => cell.value[2]);
    const low = Math.min(...values), high = Math.max(...values);
    for (const cell of cells) {
      const dark = high > low && (cell.value[2] - low) / (high - low) > 0.6;
      cell.label = {color: dark ? colour('paper') : colour('ink')};
    }
    return {
      grid: {left: 70, right: 20, top: 16, bottom: 60},
      tooltip: tooltip(at => `${xName} ${xs[at.value[0]]}, ${yName} ${ys[at.value[1]]}<br>${text(metric, at.value[2])}`),
      xAxis: axis(xName, {type: 'category', data: xs.map(String), nameGap: 32, splitLine: {show: false}}),
      yAxis: axis(yName, {type: 'category', data: ys.map(String), nameGap: 44, splitLine: {show: false}}),
      visualMap: {show: false, min: low, max: high > low ? high : low + 1, inRange: {color: [colour('low'), colour('high')]}},
      series: [{
        type: 'heatmap', data: cells, itemStyle: {borderColor: colour('paper'), borderWidth: 2},
        label: {show: cells.length <= 80, fontSize: 16, formatter: at => text(metric, at.value[2])},
      }],
    };
  }

  function line(runs, [xName], metric) {
    return {
      grid: {left: 75, right: 30, top: 20, bottom: 60},
      tooltip: {...tooltip(([at]) => `${xName} ${at.value[0]}<br>${text(metric, at.value[1])}`), trigger: 'axis'},
      xAxis: axis(xName, {type: 'category', nameGap: 32, splitLine: {show: false}}),
      yAxis: axis('', {type: 'value', axisLabel: {
        color: colour('ink'), fontSize: 14, formatter: value => (metric.unit === 'share' ? 100 * value + ' %' : String(value))}}),
      series: [{
        type: 'line', symbolSize: 10, lineStyle: {width: 3, color: colour('high')}, itemStyle: {color: colour('high')},
        data: runs.map(run => [String(run.sweep[xName]), run.values[metric.name]]),
      }],
    };
  }

  /* ---- tables ---- */

  function tables(parent, workload) {
    const grid = element(parent, 'div', undefined, 'tables');
    const groups = [...new Set(data.metrics.map(metric => metric.group))];
    for (const group of groups) {
      const its = data.metrics.filter(metric => metric.group === group
        && workload.runs.some(run => run.values[metric.name] !== undefined));
      if (its.length > 0) {
        const box = element(grid, 'div', undefined, 'scroll');
        element(box, 'h3', group);
        table(box, its, workload.runs);
      }
    }
  }

  function table(parent, its, runs) {
    const made = element(parent, 'table');
    const head = element(element(made, 'thead'), 'tr');
    element(head, 'th', 'policy');
    for (const metric of its) {
      element(head, 'th', metric.column).title = metric.meaning;
    }
    const body = element(made, 'tbody');
    for (const run of runs) {
      const row = element(body, 'tr');
      element(row, 'td', run.policy).title = run.summary;
      its.forEach(metric => element(row, 'td', text(metric, run.values[metric.name])));
    }
  }

  /* ---- the page ---- */

  document.getElementById('repeat').textContent = data.repeat;
  for (const workload of data.workloads) {
    const id = 'workload-' + workload.name;
    element(document.getElementById('contents'), 'a', workload.name).href = '#' + encodeURIComponent(id);
    const section = element(document.getElementById('workloads'), 'section');
    section.id = id;
    element(section, 'h2', workload.name);
    element(section, 'p', `${workload.summary}; packets ${workload.packets.toLocaleString('en')}, CPUs ${workload.cpus}, `
      + `memory nodes ${workload.nodes}`, 'say');
    workload.notes.forEach(note => element(section, 'p', note, 'say'));
    workload.runs.filter(run => run.wrong).forEach(run =>
      element(section, 'p', `${run.policy} is broken: ${run.wrong}`, 'wrong'));
    sweeps(section, workload);
    pareto(section, workload);
    occupancies(section, workload);
    tables(section, workload);
  }
  for (const metric of data.metrics) {
    const legend = document.getElementById('legend');
    element(legend, 'dt', metric.column);
    element(legend, 'dd', metric.meaning);
  }
  paint();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  addEventListener('resize', () => charts.forEach(drawn => drawn.chart.resize()));
})();
