#include "training/options.hpp"

#include "config/fields.hpp"
#include "config/kinds.hpp"

namespace ziffer::training {
namespace {

Json parse_object(const std::string& text, const char* what) {
  Json object = parse_json(text);
  if (object.is_object()) return object;
  throw Error("invalid_config", {what, ": expected its options as an object."});
}

/// A name, or an object with a name and settings; the first kind where neither is given.
void read_named(const Kinds& kinds, void* variant, const Json& options, const char* what) {
  const Json& v = options[what];
  if (v.is_null()) return;
  if (v.is_text()) return read_kind(kinds, variant, Json::object(), v, what);
  if (!v.is_object()) refuse(what, "a name or an object with a name", v);
  read_kind(kinds, variant, v, v["name"], what);
}

Metrics read_metrics(const Json& options) {
  const Json& list = options["metrics"];
  if (list.is_null()) return {};
  if (!list.is_list() || list.size() > kMostMetrics)
    refuse("metrics", "a list of at most 16", list);
  Metrics out;
  for (const Json::Entry& entry : list.entries()) {
    Json one = entry.value;
    const Json key = one["key"];
    if (!key.is_text()) refuse("metrics", "objects with a key and a name", one);
    one.erase("key");
    out.push_back({key.text(), {}});
    read_kind(KindsOf<MetricKind>::kinds, &out.back().kind, one, one["name"], "metrics");
  }
  return out;
}

template <class Settings>
void read_callback(const Json& object, std::optional<Settings>& out) {
  const Json& v = object[Settings::kName];
  if (v.is_null()) return;
  if (!v.is_object()) refuse(Settings::kName, "an object", v);
  read_settings(kConcept<Settings>, &out.emplace(), v, Settings::kName);
}

}  // namespace

CompileOptions compile_options_from_json(const std::string& text) {
  const Json object = parse_object(text, "compile");
  CompileOptions out;
  read_named(KindsOf<OptimizerSettings>::kinds, &out.optimizer, object, "optimizer");
  read_named(KindsOf<engine::Loss>::kinds, &out.loss, object, "loss");
  out.metrics = read_metrics(object);
  return out;
}

FitOptions fit_options_from_json(const std::string& text) {
  const Json object = parse_object(text, "fit");
  FitOptions out;
  std::apply(
      [&](auto&... each) {
        (read_callback(object, each), ...);
        read_settings(kConcept<FitOptions>, &out, object, "fit",
                      {std::decay_t<decltype(*each)>::kName...});
      },
      out.callbacks);
  return out;
}

std::string to_json(const CompileOptions& options) {
  Json out = Json::object(), metrics = Json::list();
  out.set("optimizer", written_kind(KindsOf<OptimizerSettings>::kinds, &options.optimizer));
  out.set("loss", written_kind(KindsOf<engine::Loss>::kinds, &options.loss));
  for (const Metric& metric : options.metrics) {
    metrics.push(written_kind(KindsOf<MetricKind>::kinds, &metric.kind).set("key", metric.key));
  }
  if (metrics.size() > 0) out.set("metrics", std::move(metrics));
  return out.dump();
}

std::string to_json(const FitOptions& options) {
  Json out = written_settings(kConcept<FitOptions>, &options);
  const auto add = [&]<class Settings>(const std::optional<Settings>& callback) {
    if (!callback) return;
    out.set(Settings::kName, written_settings(kConcept<Settings>, &*callback));
  };
  std::apply([&](const auto&... each) { (add(each), ...); }, options.callbacks);
  return out.dump();
}

}  // namespace ziffer::training
