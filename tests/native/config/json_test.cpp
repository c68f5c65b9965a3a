// The core's own JSON, held to a library's.
#include "config/json.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/rng.hpp"

using namespace ziffer;
using nlohmann::ordered_json;

namespace {

const std::vector<std::string> kTexts = {"null",
                                         "true",
                                         "false",
                                         "0",
                                         "-0",
                                         "-1",
                                         "12",
                                         "9007199254740993",
                                         "18446744073709551615",
                                         "18446744073709551616",
                                         "-9223372036854775808",
                                         "-9223372036854775809",
                                         "1.5",
                                         "-1.5e3",
                                         "1e-7",
                                         "1E+2",
                                         "0.1",
                                         "0.30000001192092896",
                                         "1e308",
                                         "1e309",
                                         "-1e999",
                                         "1e-400",
                                         "01",
                                         "-",
                                         "+1",
                                         ".5",
                                         "1.",
                                         "1e",
                                         "1e+",
                                         "0x1",
                                         "NaN",
                                         "nul",
                                         "truee",
                                         "",
                                         " ",
                                         "\t\n\r 1 \t",
                                         "\f1",
                                         "1 2",
                                         "\"\"",
                                         "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                                         "\"\\u00e4\\u20ac\"",
                                         "\"\\ud83d\\ude00\"",
                                         "\"\\ud83d\"",
                                         "\"\\ude00\"",
                                         "\"\\ud83d\\u0041\"",
                                         "\"\\u12\"",
                                         "\"\\u12g4\"",
                                         "\"\\x\"",
                                         "\"a",
                                         "\"\x01\"",
                                         "\"\x7f\"",
                                         "\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\"",
                                         "\"\xff\"",
                                         "\"\xc3\"",
                                         "\"\xc0\xaf\"",
                                         "\"\xe0\x80\x80\"",
                                         "\"\xed\xa0\x80\"",
                                         "\"\xf0\x80\x80\x80\"",
                                         "\"\xf4\x90\x80\x80\"",
                                         "\"\xf4\x8f\xbf\xbf\"",
                                         "[]",
                                         "[1]",
                                         "[1,]",
                                         "[,1]",
                                         "[1 2]",
                                         "[[],{}]",
                                         "[",
                                         "]",
                                         "{}",
                                         "{\"a\":1}",
                                         "{\"a\":1,}",
                                         "{\"a\"}",
                                         "{a:1}",
                                         "{\"a\":1,\"b\":[2,{\"c\":null}],\"a\":3}",
                                         "{\"a\" : [ 1 , 2 ] }",
                                         "{'a':1}",
                                         "[1]x",
                                         "\"a\" \"b\"",
                                         "/**/1"};

void check_alike(const std::string& text) {
  CAPTURE(text);
  const ordered_json theirs = ordered_json::parse(text, nullptr, /*allow_exceptions=*/false);
  const Json ours = parse_json(text);
  REQUIRE(ours.is_discarded() == theirs.is_discarded());
  if (theirs.is_discarded()) return;
  CHECK(ours.dump() == theirs.dump());
  CHECK(ours.dump(/*ascii=*/true) == theirs.dump(-1, ' ', true));
}

}  // namespace

TEST_CASE("JSON is read, refused and written as a library does") {
  for (const std::string& text : kTexts) check_alike(text);
}

TEST_CASE("texts with bytes changed, taken out or added are read and refused as by a library") {
  Rng rng(1, 0);
  const auto below = [&rng](std::size_t n) {
    return static_cast<std::size_t>(rng.uniform(0, 1) * static_cast<float>(n) * 0.9999F);
  };
  const std::string bytes = "{}[]\":,\\u0123456789abcdefE+-. \ntrue\xc3\xa4\xed\xff";
  for (int i = 0; i < 20000; ++i) {
    std::string text =
        "[" + kTexts[below(kTexts.size())] + "," + kTexts[below(kTexts.size())] + "]";
    for (std::size_t n = below(3); n > 0; --n) {
      const std::size_t at = below(text.size());
      text.replace(at, below(2), 1, bytes[below(bytes.size())]);
    }
    check_alike(text);
  }
}

TEST_CASE("numbers and texts are written as a library writes them") {
  for (const double x :
       {0.0, -0.0, 1.0, 0.1, 1e-7, 1e15, 1e16, 123456789.125, 5e-324, 1.7e308,
        static_cast<double>(0.3F), std::nan(""), std::numeric_limits<double>::infinity()}) {
    CHECK(Json(x).dump() == ordered_json(x).dump());
  }
  Rng rng(2, 0);
  for (int i = 0; i < 10000; ++i) {
    const double x =
        std::ldexp(static_cast<double>(rng.normal()), static_cast<int>(rng.uniform(-60, 60)));
    CHECK(Json(x).dump() == ordered_json(x).dump());
  }
  constexpr auto kReplace = ordered_json::error_handler_t::replace;
  for (const char* text :
       {"\xff", "a\xc3", "\xe2\x82", "\xe2\x82z", "\xed\xa0\x80", "\xf0\x9f\x98z"}) {
    CAPTURE(text);
    CHECK(Json(text).dump() == ordered_json(text).dump(-1, ' ', false, kReplace));
    CHECK(Json(text).dump(true) == ordered_json(text).dump(-1, ' ', true, kReplace));
  }
}

TEST_CASE("an object keeps the order of its entries, and numbers are equal by value") {
  Json object = Json::object().set("b", 1).set("a", "x").set("b", 2.5);
  CHECK(object.dump() == R"({"b":2.5,"a":"x"})");
  object.erase("b");
  CHECK(object.dump() == R"({"a":"x"})");
  CHECK(object["none"].is_null());
  CHECK(object["a"]["deeper"].is_null());
  CHECK(Json(1) == Json(1.0));
  CHECK_FALSE(Json(-1) == Json(static_cast<std::uint64_t>(-1)));
  CHECK_FALSE(Json("1") == Json(1));
}
