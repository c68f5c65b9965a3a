#include "training/schema.hpp"

#include "config/fields.hpp"
#include "config/kinds.hpp"
#include "nn/config.hpp"
#include "training/options.hpp"

namespace ziffer::training {
namespace {

Json described(std::span<const Concept* const> concepts) {
  Json out = Json::list();
  for (const Concept* each : concepts) {
    Json names = Json::list();
    names.push(each->name);
    out.push(Json::object().set("names", names).set("fields", listed_fields(*each)));
  }
  return out;
}

}  // namespace

Json schema() {
  Json out = Json::object();
  out.set("layers", nn::layer_schema());
  out.set("optimizers", described(KindsOf<OptimizerSettings>::kinds.concepts));
  out.set("schedules", described(KindsOf<Schedule>::kinds.concepts));
  out.set("metrics", described(KindsOf<MetricKind>::kinds.concepts));
  out.set("losses", described(KindsOf<engine::Loss>::kinds.concepts));
  out.set("callbacks", described(OptionalsOf<CallbackSettings>::kConcepts));
  return out;
}

}  // namespace ziffer::training
