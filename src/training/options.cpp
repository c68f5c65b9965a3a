#include "training/options.hpp"

#include <algorithm>

#include "config/kinds.hpp"

namespace ziffer::training {
namespace {

[[noreturn]] void fail(const std::string& what, const std::string& expected, const Json& got) {
  throw Error("invalid_config", what + ": expected " + expected + ", got " + shown(got) + ".");
}

Json parse_object(const std::string& text, const char* what) {
  Json object = parse_json(text);
  if (object.is_object()) return object;
  throw Error("invalid_config", std::string(what) + ": expected its options as an object.");
}

/// A name, or an object with a name and settings; the first kind where neither is given.
template <class Kinds>
Kinds read_named(const Json& options, const char* what) {
  const Json v = options.value(what, Json());
  if (v.is_null()) return {};
  const Json settings = v.is_string() ? Json::object() : v;
  if (!settings.is_object()) fail(what, "a name or an object with a name", v);
  return read_kind<Kinds>(settings, v.is_string() ? v : settings.value("name", Json()), what);
}

Metrics read_metrics(const Json& options) {
  const Json list = options.value("metrics", Json());
  if (list.is_null()) return {};
  if (!list.is_array() || list.size() > kMostMetrics) fail("metrics", "a list of at most 16", list);
  Metrics out;
  for (Json one : list) {
    const Json key = one.is_object() ? one.value("key", Json()) : Json();
    if (!key.is_string()) fail("metrics", "objects with a key and a name", one);
    one.erase("key");
    out.push_back({key, read_kind<MetricKind>(one, one.value("name", Json()), "metrics")});
  }
  return out;
}

template <class Settings>
void read_callback(const Json& object, std::optional<Settings>& out) {
  const Json v = object.value(Settings::kName, Json());
  if (v.is_null()) return;
  if (!v.is_object()) fail(Settings::kName, "an object", v);
  out = read_settings<Settings>(v, Settings::kName);
}

}  // namespace

CompileOptions compile_options_from_json(const std::string& text) {
  const Json object = parse_object(text, "compile");
  return {read_named<OptimizerSettings>(object, "optimizer"),
          read_named<engine::Loss>(object, "loss"), read_metrics(object)};
}

FitOptions fit_options_from_json(const std::string& text) {
  const Json object = parse_object(text, "fit");
  CallbackSettings callbacks;
  FitOptions out = std::apply(
      [&](auto&... each) {
        (read_callback(object, each), ...);
        return read_settings<FitOptions>(object, "fit", {std::decay_t<decltype(*each)>::kName...});
      },
      callbacks);
  out.callbacks = callbacks;
  return out;
}

std::string to_json(const CompileOptions& options) {
  Json out{{"optimizer", written_kind(options.optimizer)}, {"loss", written_kind(options.loss)}};
  for (const Metric& metric : options.metrics) {
    out["metrics"].push_back(written_kind(metric.kind));
    out["metrics"].back()["key"] = metric.key;
  }
  return out.dump();
}

std::string to_json(const FitOptions& options) {
  Json out = written_settings(options);
  const auto add = [&](const auto& callback) {
    if (callback) out[callback->kName] = written_settings(*callback);
  };
  std::apply([&](const auto&... each) { (add(each), ...); }, options.callbacks);
  return out.dump();
}

}  // namespace ziffer::training
