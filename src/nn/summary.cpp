#include "nn/summary.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "nn/terminal_text.hpp"

namespace ziffer::nn {
namespace {

// The inner widths of Keras 3's three columns on a terminal of 80.
constexpr std::array<std::size_t, 3> kWidths{33, 24, 15};

std::string repeat(const char* s, std::size_t n) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += s;
  return out;
}

std::string rule(const char* left, const char* line, const char* cross, const char* right) {
  std::string out = left;
  for (std::size_t i = 0; i < kWidths.size(); ++i) {
    out += repeat(line, kWidths[i]) + (i + 1 < kWidths.size() ? cross : right);
  }
  return out + "\n";
}

/// 21898 → 21,898.
std::string with_commas(std::size_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

/// Cells as Keras pads them: one blank each side, the count to the right. What is too long goes on
/// in the next line.
std::string row(const std::array<std::string, 3>& texts, const char* bar) {
  std::array<std::vector<std::string>, 3> columns;
  std::size_t height = 1;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i] = wrap(texts[i], kWidths[i] - 2);
    height = std::max(height, columns[i].size());
  }
  std::string out;
  for (std::size_t line = 0; line < height; ++line) {
    out += bar;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string part = line < columns[i].size() ? columns[i][line] : "";
      const std::string blank(kWidths[i] - 2 - cells(part), ' ');
      out += " " + (i == 2 ? blank + part : part + blank) + " " + bar;
    }
    out += "\n";
  }
  return out;
}

std::string total(const char* what, std::size_t count) {
  constexpr std::array kUnits{"B", "KB", "MB", "GB"};
  double bytes = static_cast<double>(count) * 4;
  std::size_t unit = 0;
  for (; bytes >= 1024 && unit + 1 < kUnits.size(); ++unit) bytes /= 1024;
  std::array<char, 32> size{};
  std::snprintf(size.data(), size.size(), "%.2f %s", bytes, kUnits[unit]);
  return std::string(" ") + what + " params: " + with_commas(count) + " (" + size.data() + ")\n";
}

std::string shape_with_batch(const Shape& s) {
  std::string out = "(None";
  for (const int d : s.dims()) out += ", " + std::to_string(d);
  return out + ")";
}

}  // namespace

std::string summary(const Sequential& model) {
  std::string out = "Model: \"" + model.name() + "\"\n";
  out += rule("┏", "━", "┳", "┓");
  out += row({"Layer (type)", "Output Shape", "Param #"}, "┃");
  out += rule("┡", "━", "╇", "┩");
  bool first = true;
  std::size_t trainable = 0;
  for (const Layer& layer : model.layers()) {
    if (!first) out += rule("├", "─", "┼", "┤");
    first = false;
    if (layer.trainable) trainable += layer.parameter_count();
    out += row({layer.name + " (" + class_name(layer.kind) + ")", shape_with_batch(layer.output),
                with_commas(layer.parameter_count())},
               "│");
  }
  out += rule("└", "─", "┴", "┘");
  out += total("Total", model.parameter_count());
  out += total("Trainable", trainable);
  return out + total("Non-trainable", model.parameter_count() - trainable);
}

}  // namespace ziffer::nn
