/*!
Rows and columns of tables against their 合计, 总计 and 全年.

A column that holds rates or averages is not added, nor is a table whose rows have 其中 among them. Where a row and a column
fail by the same number, the cell in which they cross is at fault, and it is said once.
*/

use std::collections::BTreeMap;

use super::band::is_slip;
use super::lists::agree;
use super::{Figure, Slip, Sure};
use crate::facts::Context;
use crate::facts::number::{Bound, Kind, Value};
use crate::manuscript::{Block, BlockKind};
use crate::text::Span;

/// A table: cells by row and column.
type Grid = BTreeMap<(u32, u32), Cell>;

/// A cell: its text, and its value where it is a number.
#[derive(Clone, Debug)]
struct Cell {
    span: Span,
    text: String,
    value: Option<Value>,
}

/// A total that its parts do not give.
struct Miss {
    at: (u32, u32),
    parts: Vec<(u32, u32)>,
    sum: Value,
    difference: Value,
}

const TOTALS: &[&str] = &["合计", "总计", "共计", "总额", "总数", "全年", "小计"];
/// Words in the head of a column or row that is not added.
#[rustfmt::skip]
const RATES: &[&str] = &[
    "率", "均", "增长", "增速", "单价", "比上年", "同比", "价格", "比重", "占比", "%", "％", "指数", "编号", "序号", "序", "年份",
    "排名", "名次", "环比", "比例", "倍", "年龄", "日期", "星期", "电话", "增幅", "密度", "最",
];

pub fn find(context: &Context) -> Vec<Slip> {
    let mut tables: BTreeMap<(usize, u32), Grid> = BTreeMap::new();
    for block in context.manuscript.blocks.iter().filter(|block| block.kind == BlockKind::Cell) {
        let Some((table, row, column)) = block.cell else { continue };
        tables.entry((block.article, table)).or_default().insert((row, column), cell(context, block));
    }
    tables.values().flat_map(slips).collect()
}

fn cell(context: &Context, block: &Block) -> Cell {
    let text = context.at(block.span).trim().to_string();
    let numbers = context.numbers();
    let first = numbers.partition_point(|number| number.span.start < block.span.start);
    let value =
        numbers.get(first).filter(|number| is_alone(number, block, &text)).and_then(|number| number.value.worth());
    Cell { span: block.span, text, value }
}

/// Whether a cell holds one exact number and nothing else.
fn is_alone(number: &Figure, block: &Block, text: &str) -> bool {
    let plain = matches!(number.value.kind, Kind::Count) && number.value.bound == Bound::Exact;
    plain && block.span.contains(number.span) && number.span.len() == text.len()
}

fn slips(grid: &Grid) -> Vec<Slip> {
    let Some((rows, columns)) = size(grid) else { return Vec::new() };
    let mut across: Vec<Miss> = (1..rows).flat_map(|row| row_misses(grid, row, columns)).collect();
    let mut down: Vec<Miss> = (1..columns).flat_map(|column| column_misses(grid, column, rows)).collect();
    let crosses = |down: &Miss| {
        across
            .iter()
            .any(|across| down.parts.contains(&across.at) && (down.difference.equals(across.difference.negative())))
    };
    down.retain(|miss| !crosses(miss));
    let wrong_part = |miss: &Miss| {
        down.iter().any(|down| {
            miss.parts.iter().any(|part| down.parts.contains(part))
                && down.difference.equals(miss.difference)
                && !down.parts.contains(&miss.at)
        })
    };
    across.retain(|miss| !wrong_part(miss) || miss.parts.len() > 1);
    across.into_iter().chain(down).map(|miss| slip(grid, &miss)).collect()
}

fn size(grid: &Grid) -> Option<(u32, u32)> {
    let rows = grid.keys().map(|key| key.0).max()? + 1;
    let columns = grid.keys().map(|key| key.1).max()? + 1;
    (rows > 2 && columns > 1 && rows < 2000 && columns < 60).then_some((rows, columns))
}

fn heading(grid: &Grid, row: u32, column: u32) -> String {
    grid.get(&(row, column)).map(|cell| cell.text.replace([' ', '\u{3000}'], "")).unwrap_or_default()
}

fn is_total(heading: &str) -> bool {
    TOTALS.iter().any(|word| heading.starts_with(word) || heading.ends_with(word))
        && !RATES.iter().any(|word| heading.contains(word))
}

fn is_rate(heading: &str) -> bool {
    RATES.iter().any(|word| heading.contains(word)) && !heading.contains("率先")
}

/// The totals in a row: 全年 against 上半年 and 下半年.
fn row_misses(grid: &Grid, row: u32, columns: u32) -> Vec<Miss> {
    let label = heading(grid, row, 0);
    if is_rate(&label) {
        return Vec::new();
    }
    let totals = (1..columns).filter(|column| is_total(&heading(grid, 0, *column)));
    let totals: Vec<u32> = totals.collect();
    let [total] = totals[..] else { return Vec::new() };
    let others = (1..columns).filter(|column| *column != total && !is_rate(&heading(grid, 0, *column)));
    let parts: Vec<(u32, u32)> = others.map(|column| (row, column)).collect();
    let named = parts.iter().any(|(_, column)| heading(grid, 0, *column).starts_with("其中"));
    let units = |column: u32| heading(grid, 0, column).split(['（', '(']).nth(1).map(str::to_string);
    let alike = parts.iter().all(|(_, column)| units(*column) == units(total));
    if named || !alike || parts.iter().any(|(_, column)| heading(grid, 0, *column).is_empty()) {
        return Vec::new();
    }
    miss(grid, (row, total), parts).into_iter().collect()
}

/// The totals in a column: the row 合计 against the rows above it, or below it when it is the first.
fn column_misses(grid: &Grid, column: u32, rows: u32) -> Vec<Miss> {
    let labels: Vec<String> = (0..rows).map(|row| heading(grid, row, 0)).collect();
    let nested = labels.iter().any(|label| label.contains("其中") || label.contains("小计") || label.starts_with('#'));
    if nested || is_rate(&heading(grid, 0, column)) {
        return Vec::new();
    }
    let totals: Vec<u32> = (1..rows).filter(|row| is_total(&labels[*row as usize])).collect();
    let [total] = totals[..] else { return Vec::new() };
    let parts: Vec<u32> = if total + 1 == rows { (1..total).collect() } else { (total + 1..rows).collect() };
    if total + 1 != rows && total != 1 || parts.iter().any(|row| is_rate(&labels[*row as usize])) {
        return Vec::new();
    }
    miss(grid, (total, column), parts.into_iter().map(|row| (row, column)).collect()).into_iter().collect()
}

fn miss(grid: &Grid, at: (u32, u32), parts: Vec<(u32, u32)>) -> Option<Miss> {
    let stated = grid.get(&at)?.value?;
    let mut sum = Value::default();
    let mut slack = if stated.exponent == 0 { Value::default() } else { stated.step() };
    let mut known = Vec::new();
    for part in parts {
        let Some(cell) = grid.get(&part) else { continue };
        match cell.value {
            Some(value) => {
                sum = sum.plus(value)?;
                slack = if value.exponent == 0 { slack } else { slack.plus(value.step())? };
                known.push(part);
            }
            None if ["", "—", "－", "-", "——", "/", "0"].contains(&cell.text.as_str()) => {}
            None => return None,
        }
    }
    let slack = Value::new(slack.top * 5, slack.exponent - 1);
    let difference = sum.minus(stated)?;
    if known.len() < 2 || agree(sum, stated, slack) || !is_slip(sum, stated) && is_far(difference, stated)? {
        return None;
    }
    Some(Miss { at, parts: known, sum, difference })
}

/// Whether the sum is so far from the total that the table must mean something else: more than a fifth.
fn is_far(difference: Value, stated: Value) -> Option<bool> {
    Some(difference.abs().times(Value::new(5, 0))?.exceeds(stated.abs()))
}

fn slip(grid: &Grid, miss: &Miss) -> Slip {
    let cell = |at: &(u32, u32)| grid.get(at).map_or(Span::default(), |cell| cell.span);
    let stated = grid.get(&miss.at).map(|cell| cell.text.clone()).unwrap_or_default();
    let parts = miss.parts.iter().map(cell).collect();
    Slip { at: cell(&miss.at), parts, stated, computed: miss.sum.shown(""), reason: String::new(), sure: Sure::Certain }
}
