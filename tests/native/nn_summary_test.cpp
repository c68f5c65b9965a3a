// The summary is what Keras 3 prints on 80 columns; the tables here are Keras 3.15's own output.
#include "nn/summary.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "nn/terminal_text.hpp"

using namespace ziffer;
using namespace ziffer::nn;

namespace {

Conv2D conv(int filters, Padding padding = Padding::valid) {
  Conv2D c;
  c.filters = filters;
  c.kernel_size = {3, 3};
  c.padding = padding;
  return c;
}

Dense dense(int units) {
  Dense d;
  d.units = units;
  return d;
}

std::string table(const std::string& name, Shape input, std::vector<LayerSpec> layers) {
  return summary(Sequential(name, std::move(input), std::move(layers)));
}

bool is_utf8(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const auto lead = static_cast<unsigned char>(s[i]);
    const std::size_t n = lead < 0x80    ? 1
                          : lead >= 0xf0 ? 4
                          : lead >= 0xe0 ? 3
                          : lead >= 0xc2 ? 2
                                         : 0;
    if (n == 0 || i + n > s.size()) return false;
    for (std::size_t k = 1; k < n; ++k) {
      if ((static_cast<unsigned char>(s[i + k]) & 0xc0) != 0x80) return false;
    }
    i += n;
  }
  return true;
}

const char* const kHead =
    "┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓\n"
    "┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃\n"
    "┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩\n";
const char* const kRule =
    "├─────────────────────────────────┼────────────────────────┼───────────────┤\n";
const char* const kFoot =
    "└─────────────────────────────────┴────────────────────────┴───────────────┘\n";

/// A whole table around its rows; `rows` are separated by kRule.
std::string around(const std::string& name, const std::vector<std::string>& rows,
                   const std::string& totals) {
  std::string out = "Model: \"" + name + "\"\n" + kHead;
  for (std::size_t i = 0; i < rows.size(); ++i) out += (i > 0 ? kRule : "") + rows[i];
  return out + kFoot + totals;
}

}  // namespace

TEST_CASE("softmax regression's summary is Keras's") {
  CHECK(table("sequential", {28, 28, 1}, {{"", Flatten{}}, {"", dense(10)}}) ==
        around("sequential",
               {"│ flatten (Flatten)               │ (None, 784)            │             0 │\n",
                "│ dense (Dense)                   │ (None, 10)             │         7,850 │\n"},
               " Total params: 7,850 (30.66 KB)\n Trainable params: 7,850 (30.66 KB)\n"
               " Non-trainable params: 0 (0.00 B)\n"));
}

TEST_CASE("the simple CNN's summary is Keras's") {
  CHECK(table("sequential", {28, 28, 1},
              {{"", conv(8)},
               {"", MaxPooling2D{}},
               {"", Flatten{}},
               {"", dense(16)},
               {"", dense(10)}}) ==
        around("sequential",
               {"│ conv2d (Conv2D)                 │ (None, 26, 26, 8)      │            80 │\n",
                "│ max_pooling2d (MaxPooling2D)    │ (None, 13, 13, 8)      │             0 │\n",
                "│ flatten (Flatten)               │ (None, 1352)           │             0 │\n",
                "│ dense (Dense)                   │ (None, 16)             │        21,648 │\n",
                "│ dense_1 (Dense)                 │ (None, 10)             │           170 │\n"},
               " Total params: 21,898 (85.54 KB)\n Trainable params: 21,898 (85.54 KB)\n"
               " Non-trainable params: 0 (0.00 B)\n"));
}

TEST_CASE("the two-convolution CNN's summary is Keras's") {
  CHECK(table("sequential_1", {28, 28, 1},
              {{"", conv(32)},
               {"", MaxPooling2D{}},
               {"", conv(64)},
               {"", MaxPooling2D{}},
               {"", Flatten{}},
               {"", Dropout{}},
               {"", dense(10)}}) ==
        around("sequential_1",
               {"│ conv2d (Conv2D)                 │ (None, 26, 26, 32)     │           320 │\n",
                "│ max_pooling2d (MaxPooling2D)    │ (None, 13, 13, 32)     │             0 │\n",
                "│ conv2d_1 (Conv2D)               │ (None, 11, 11, 64)     │        18,496 │\n",
                "│ max_pooling2d_1 (MaxPooling2D)  │ (None, 5, 5, 64)       │             0 │\n",
                "│ flatten (Flatten)               │ (None, 1600)           │             0 │\n",
                "│ dropout (Dropout)               │ (None, 1600)           │             0 │\n",
                "│ dense (Dense)                   │ (None, 10)             │        16,010 │\n"},
               " Total params: 34,826 (136.04 KB)\n Trainable params: 34,826 (136.04 KB)\n"
               " Non-trainable params: 0 (0.00 B)\n"));
}

TEST_CASE(
    "long names break between words or end in an ellipsis, wide characters count twice, as in "
    "Keras") {
  CHECK(table("m", {28, 28, 1},
              {{"a_convolution_with_quite_a_long_name_indeed", conv(32)},
               {"exactly_thirty_one", MaxPooling2D{}},
               {"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", Flatten{}},
               {"a b c d e f g h i j k l m n o p q r s t u v w x y z", dense(5000)},
               {"größe_Ω_数字認識器の層です二三四五六七八九十", dense(3)}}) ==
        around("m",
               {"│ a_convolution_with_quite_a_lon… │ (None, 26, 26, 32)     │           320 │\n"
                "│ (Conv2D)                        │                        │               │\n",
                "│ exactly_thirty_one              │ (None, 13, 13, 32)     │             0 │\n"
                "│ (MaxPooling2D)                  │                        │               │\n",
                "│ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… │ (None, 5408)           │             0 │\n"
                "│ (Flatten)                       │                        │               │\n",
                "│ a b c d e f g h i j k l m n o p │ (None, 5000)           │    27,045,000 │\n"
                "│ q r s t u v w x y z (Dense)     │                        │               │\n",
                "│ größe_Ω_数字認識器の層です二三… │ (None, 3)              │        15,003 │\n"
                "│ (Dense)                         │                        │               │\n"},
               " Total params: 27,060,323 (103.23 MB)\n Trainable params: 27,060,323 (103.23 MB)\n"
               " Non-trainable params: 0 (0.00 B)\n"));
}

TEST_CASE("a model without layers is an empty table, as in Keras") {
  CHECK(table("sequential", {5}, {}) == around("sequential", {},
                                               " Total params: 0 (0.00 B)\n Trainable params: 0 "
                                               "(0.00 B)\n Non-trainable params: 0 (0.00 B)\n"));
}

TEST_CASE("no name tears a character apart or bends a line, wherever the column ends") {
  for (const char* piece : {"ä", "数", "😀", "e\xcc\x81", "\n", "\t", "x "}) {
    for (std::size_t n = 1; n <= 40; ++n) {
      CAPTURE(piece);
      CAPTURE(n);
      std::string name(n % 3, 'a');
      for (std::size_t i = 0; i < n; ++i) name += piece;
      const std::string text = table("m", {4}, {{name, Dropout{}}});
      CHECK(is_utf8(text));
      std::istringstream lines(text.substr(text.find("┏"), text.find("┘") - text.find("┏")));
      for (std::string line; std::getline(lines, line);) {
        // The last rule is cut before its corner.
        CHECK(cells(line) == (line.starts_with("└") ? 75 : 76));
      }
    }
  }
}

TEST_CASE("text wraps between words, keeps what fits, and names of broken UTF-8 do no harm") {
  CHECK(wrap("", 5) == std::vector<std::string>{""});
  CHECK(wrap("12345", 5) == std::vector<std::string>{"12345"});
  CHECK(wrap("123456", 5) == std::vector<std::string>{"1234…"});
  CHECK(wrap("12 45 78", 5) == std::vector<std::string>{"12 45", "78"});
  CHECK(wrap("数字数", 5) == std::vector<std::string>{"数字…"});
  CHECK(wrap("数字数字", 6) == std::vector<std::string>{"数字 …"});
  CHECK(cells("\xff\xc3\x80\x80\x80\x80\x80\xe6") < 9);
  CHECK(wrap("\xe6\xe6\xe6", 2).size() == 1);
}
